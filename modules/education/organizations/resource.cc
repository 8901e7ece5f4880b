#include "modules/education/organizations/resource.h"

namespace puente::education {

const resource::Resource<v1::Organization>& Organizations() {
  static const resource::Resource<v1::Organization> organizations({
      .table = "organization",
      .lists = {{.by = {"state_code"}, .index = "by_state_code"},
                {.by = {"state"}, .index = "by_state"}},
      .guarded = true,
      .states = {{.verb = "CreateOrganization"},  // to what FirstState() says
                 {.verb = "UpdateOrganization",
                  .from = {v1::ORGANIZATION_STATE_APPLIED, v1::ORGANIZATION_STATE_REGISTERED,
                           v1::ORGANIZATION_STATE_SUSPENDED, v1::ORGANIZATION_STATE_WITHDRAWN}},
                 {.verb = "RegisterOrganization",
                  .from = {v1::ORGANIZATION_STATE_APPLIED, v1::ORGANIZATION_STATE_SUSPENDED},
                  .to = v1::ORGANIZATION_STATE_REGISTERED},
                 {.verb = "SuspendOrganization",
                  .from = {v1::ORGANIZATION_STATE_REGISTERED},
                  .to = v1::ORGANIZATION_STATE_SUSPENDED},
                 {.verb = "WithdrawOrganization",
                  .from = {v1::ORGANIZATION_STATE_APPLIED, v1::ORGANIZATION_STATE_REGISTERED,
                           v1::ORGANIZATION_STATE_SUSPENDED},
                  .to = v1::ORGANIZATION_STATE_WITHDRAWN}},
  });
  return organizations;
}

}  // namespace puente::education
