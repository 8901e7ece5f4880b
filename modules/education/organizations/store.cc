#include "modules/education/organizations/store.h"

#include "modules/education/errors.h"
#include "puente/education/v1/campus.pb.h"
#include "puente/education/v1/organization.pb.h"

namespace puente::education::store {

const resource::Spec& OrganizationSpec() {
  using Kind = resource::FilterField::Kind;
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::Organization>(),
       .table = "organization",
       .pattern = NamePattern("organizations/{organization}"),
       .id_columns = {"id"},
       .columns = {"legal_name", "state", "kind", "control", "identifiers", "state_code",
                   "municipality", "state_reason", "source", "record_kind", "create_time",
                   "update_time"},
       .filters = {{"state_code", "state_code"},
                   {"state", "state", Kind::kEnum, v1::OrganizationState_descriptor()}},
       .lists = {{{}, {{"id"}}, "PRIMARY"},
                 {{"state_code"}, {{"id"}}, "by_state_code"},
                 {{"state"}, {{"id"}}, "by_state"}},
       .not_found = error::kOrganizationNotFound,
       .already_exists = error::kOrganizationAlreadyExists,
       .revisions = true,
       .owner = resource::Owner{"name", "organizations", "organization"},
       .guarded = true});
  return *spec;
}

const resource::Spec& CampusSpec() {
  static const auto* spec =
      new resource::Spec({.type = resource::TypeOf<v1::Campus>(),
                          .table = "campus",
                          .pattern = NamePattern("organizations/{organization}/campuses/{campus}"),
                          .id_columns = {"organization", "id"},
                          .columns = {"title_es", "cct", "state_code", "municipality", "source",
                                      "record_kind", "create_time", "update_time"},
                          .filters = {{"state_code", "state_code"}},
                          .lists = {{{}, {{"organization"}, {"id"}}, "PRIMARY"},
                                    {{"state_code"}, {{"organization"}, {"id"}}, "by_state"}},
                          .not_found = error::kCampusNotFound,
                          .already_exists = error::kCampusAlreadyExists,
                          .revisions = true,
                          .owner = resource::Owner{"name", "organizations", "organization"},
                          .deletable = true});
  return *spec;
}

}  // namespace puente::education::store
