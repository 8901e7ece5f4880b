#include "modules/economy/companies/store.h"

#include "modules/economy/errors.h"
#include "puente/economy/v1/chamber.pb.h"
#include "puente/economy/v1/company.pb.h"

namespace puente::economy::store {

const resource::Spec& ChamberSpec() {
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::Chamber>(),
       .table = "chamber",
       .pattern = NamePattern("chambers/{chamber}"),
       .id_columns = {"id"},
       .columns = {"label_es", "label_en", "state_code", "source", "record_kind", "create_time",
                   "update_time"},
       .filters = {{"state_code", "state_code"}},
       .lists = {{{}, {{"id"}}, "PRIMARY"}, {{"state_code"}, {{"id"}}, "by_state"}},
       .not_found = error::kChamberNotFound,
       .already_exists = error::kChamberAlreadyExists,
       .revisions = true,
       .owner = resource::Owner{"name", "chambers", "chamber"}});
  return *spec;
}

const resource::Spec& CompanySpec() {
  using Kind = resource::FilterField::Kind;
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::Company>(),
       .table = "company",
       .pattern = NamePattern("companies/{company}"),
       .id_columns = {"id"},
       .columns = {"legal_name", "rfc", "rfc_check_digit_differs", "scian_class", "state_code",
                   "chambers", "source", "record_kind", "create_time", "update_time"},
       .filters = {{"state_code", "state_code"}, {"scian_class", "scian_class", Kind::kPrefix}},
       .lists = {{{}, {{"id"}}, "PRIMARY"},
                 {{"state_code"}, {{"id"}}, "by_state"},
                 {{"scian_class"}, {{"scian_class"}, {"id"}}, "by_scian"}},
       .not_found = error::kCompanyNotFound,
       .already_exists = error::kCompanyAlreadyExists,
       .revisions = true,
       .owner = resource::Owner{"name", "companies", "company"}});
  return *spec;
}

}  // namespace puente::economy::store
