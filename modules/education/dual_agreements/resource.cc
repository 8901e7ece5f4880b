#include "modules/education/dual_agreements/resource.h"

namespace puente::education {

const resource::Resource<v1::DualAgreement>& DualAgreements() {
  // It begins with ProposeDualAgreement, PROPOSED.
  static const resource::Resource<v1::DualAgreement> agreements({
      .table = "dual_agreement",
      .lists = {{.by = {"organization"}, .order = {"begin_date"}, .index = "by_organization"},
                {.by = {"organization", "state"},
                 .order = {"begin_date"},
                 .index = "by_organization_state"},
                {.by = {"company"}, .order = {"begin_date"}, .index = "by_company"},
                {.by = {"company", "state"}, .order = {"begin_date"}, .index = "by_company_state"}},
      .hides = true,
      .guarded = true,
      .states = {{.verb = "AcceptDualAgreement",
                  .from = {v1::DUAL_AGREEMENT_STATE_PROPOSED},
                  .to = v1::DUAL_AGREEMENT_STATE_IN_FORCE},
                 {.verb = "RefuseDualAgreement",
                  .from = {v1::DUAL_AGREEMENT_STATE_PROPOSED},
                  .to = v1::DUAL_AGREEMENT_STATE_REFUSED},
                 {.verb = "WithdrawDualAgreement",
                  .from = {v1::DUAL_AGREEMENT_STATE_PROPOSED},
                  .to = v1::DUAL_AGREEMENT_STATE_WITHDRAWN},
                 {.verb = "EndDualAgreement",
                  .from = {v1::DUAL_AGREEMENT_STATE_IN_FORCE},
                  .to = v1::DUAL_AGREEMENT_STATE_ENDED}},
      .over = {v1::DUAL_AGREEMENT_STATE_REFUSED, v1::DUAL_AGREEMENT_STATE_WITHDRAWN,
               v1::DUAL_AGREEMENT_STATE_ENDED},
  });
  return agreements;
}

}  // namespace puente::education
