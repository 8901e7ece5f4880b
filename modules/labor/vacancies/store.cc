#include "modules/labor/vacancies/store.h"

#include "modules/labor/errors.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor::store {
namespace {

sql::Value Verdict(const google::protobuf::Message& message) {
  return sql::Value(static_cast<int>(static_cast<const v1::Vacancy&>(message).quality().verdict()));
}

}  // namespace

const resource::Spec& VacancySpec() {
  using Kind = resource::FilterField::Kind;
  static const std::vector<resource::OrderColumn> newest = {{"offer_date", true}, {"id", true}};
  static const std::vector<resource::OrderColumn> by_class = {{"scian_class"}, {"id"}};
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::Vacancy>(),
       .table = "vacancy",
       .pattern = NamePattern("vacancies/{vacancy}"),
       .id_columns = {"id"},
       .columns = {"state",        "offer",           "offer_date",      "state_code",
                   "municipality", "monthly_wage",    "contract_kind",   "minutes_a_day",
                   "days_a_week",  "education_level", "experience",      "languages",
                   "scian_class",  "scian_origin",    "occupation_code", "occupation_origin",
                   "skills",       "post_count",      "source",          "record_kind",
                   "supplier",     "quality",         "close_reason",    "close_time",
                   "create_time",  "update_time"},
       .derived = {{"verdict", &Verdict}},
       .filters = {{"record_kind", "record_kind", Kind::kEnum, type::v1::RecordKind_descriptor()},
                   {"state", "state", Kind::kEnum, v1::VacancyState_descriptor()},
                   {"state_code", "state_code"},
                   {"verdict", "verdict", Kind::kEnum, v1::Outcome_descriptor()},
                   {"scian_class", "scian_class", Kind::kPrefix}},
       .lists = {{{}, {{"id"}}, "PRIMARY"},
                 {{"record_kind", "state"}, newest, "by_date"},
                 {{"record_kind", "state", "state_code"}, newest, "by_state"},
                 {{"record_kind", "state", "verdict"}, newest, "by_verdict"},
                 {{"record_kind", "state", "state_code", "verdict"}, newest, "by_state_verdict"},
                 {{"record_kind", "state", "scian_class"}, by_class, "by_scian"},
                 {{"record_kind", "state", "state_code", "scian_class"},
                  by_class,
                  "by_state_scian"}},
       .not_found = error::kVacancyNotFound,
       .already_exists = error::kVacancyAlreadyExists,
       .owner = resource::Owner{"supplier", "supplier", "supplier"}});
  return *spec;
}

}  // namespace puente::labor::store
