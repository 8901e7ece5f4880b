#include "modules/economy/consents/resource.h"

namespace puente::economy {

const resource::Resource<v1::Consent>& Consents() {
  static const resource::Resource<v1::Consent> consents({
      .table = "consent",
      .lists = {{.by = {"chamber"}, .index = "by_chamber"}},
      .hides = true,
      .states = {{.verb = "CreateConsent", .to = v1::CONSENT_STATE_ACTIVE},
                 {.verb = "WithdrawConsent",
                  .from = {v1::CONSENT_STATE_ACTIVE},
                  .to = v1::CONSENT_STATE_WITHDRAWN}},
      .over = {v1::CONSENT_STATE_WITHDRAWN},
  });
  return consents;
}

}  // namespace puente::economy
