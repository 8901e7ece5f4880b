#include "modules/education/programs/store.h"

#include "modules/education/errors.h"
#include "puente/education/v1/credit_rule.pb.h"
#include "puente/education/v1/program.pb.h"

namespace puente::education::store {

const resource::Spec& CreditRuleSpec() {
  static const auto* spec =
      new resource::Spec({.type = v1::CreditRule::descriptor(),
                          .table = "credit_rule",
                          .pattern = NamePattern("creditRules/{credit_rule}"),
                          .id_columns = {"id"},
                          .columns = {"label_es", "label_en", "hours_per_credit", "source",
                                      "record_kind", "create_time", "update_time"},
                          .filters = {},
                          .lists = {{{}, {{"id"}}, "PRIMARY"}},
                          .not_found = error::kCreditRuleNotFound,
                          .already_exists = error::kCreditRuleAlreadyExists,
                          .revisions = true});
  return *spec;
}

const resource::Spec& ProgramSpec() {
  using Kind = resource::FilterField::Kind;
  static const auto* spec = new resource::Spec(
      {.type = v1::ProgramVersion::descriptor(),
       .table = "program_version",
       .pattern = NamePattern("programs/{program}/versions/{version#}"),
       .id_columns = {"program", "number"},
       .columns = {"state", "organization", "title_es", "title_en", "level", "modality", "outcomes",
                   "workload_hours", "credit_rule", "credits_e4", "seats", "cause", "source",
                   "record_kind", "publish_time", "create_time", "update_time"},
       .filters = {{"state", "state", Kind::kEnum, v1::ProgramState_descriptor()},
                   {"organization", "organization"}},
       .lists = {{{}, {{"program"}, {"number"}}, "PRIMARY"},
                 {{"state"}, {{"program"}, {"number"}}, "by_state"},
                 {{"organization"}, {{"program"}, {"number"}}, "by_organization"}},
       .not_found = error::kProgramVersionNotFound,
       .already_exists = error::kProgramVersionAlreadyExists,
       .revisions = true,
       .owner = resource::Owner{"organization", "organizations", "organization"},
       .deletable = true});
  return *spec;
}

}  // namespace puente::education::store
