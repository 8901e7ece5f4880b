#include "modules/economy/companies/resource.h"

namespace puente::economy {

const resource::Resource<v1::Company>& Companies() {
  static const resource::Resource<v1::Company> companies({
      .table = "company",
      .lists = {{.by = {"state_code"}, .index = "by_state"},
                {.by = {"state"}, .index = "by_registration"},
                {.by = {"scian_class*"}, .index = "by_scian"},
                {.by = {"rfc"}, .index = "by_rfc"}},
      .guarded = true,
      .states = {{.verb = "CreateCompany"},  // to what FirstState() says
                 {.verb = "UpdateCompany",   // perhaps back, see TakeBackConfirmation()
                  .from = {v1::COMPANY_STATE_APPLIED, v1::COMPANY_STATE_REGISTERED,
                           v1::COMPANY_STATE_CONFIRMED, v1::COMPANY_STATE_SUSPENDED,
                           v1::COMPANY_STATE_WITHDRAWN}},
                 {.verb = "RegisterCompany",
                  .from = {v1::COMPANY_STATE_APPLIED, v1::COMPANY_STATE_SUSPENDED},
                  .to = v1::COMPANY_STATE_REGISTERED},
                 {.verb = "ConfirmCompany",
                  .from = {v1::COMPANY_STATE_REGISTERED},
                  .to = v1::COMPANY_STATE_CONFIRMED},
                 {.verb = "SuspendCompany",
                  .from = {v1::COMPANY_STATE_REGISTERED, v1::COMPANY_STATE_CONFIRMED},
                  .to = v1::COMPANY_STATE_SUSPENDED},
                 {.verb = "WithdrawCompany",
                  .from = {v1::COMPANY_STATE_APPLIED, v1::COMPANY_STATE_REGISTERED,
                           v1::COMPANY_STATE_CONFIRMED, v1::COMPANY_STATE_SUSPENDED},
                  .to = v1::COMPANY_STATE_WITHDRAWN}},
  });
  return companies;
}

}  // namespace puente::economy
