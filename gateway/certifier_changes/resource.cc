#include "gateway/certifier_changes/resource.h"

namespace puente::gateway {

const resource::Resource<v1::CertifierChange>& CertifierChanges() {
  static const resource::Resource<v1::CertifierChange> certifier_changes({
      .table = "certifier_change",
      .lists = {{.by = {"body"}, .index = "by_body"},
                {.by = {"state"}, .order = {"create_time"}, .index = "by_state"}},
      .hides = true,
      .states = {{.verb = "CreateCertifierChange", .to = v1::CERTIFIER_CHANGE_STATE_PROPOSED},
                 {.verb = "ConfirmCertifierChange",
                  .from = {v1::CERTIFIER_CHANGE_STATE_PROPOSED},
                  .to = v1::CERTIFIER_CHANGE_STATE_CONFIRMED},
                 {.verb = "DeclineCertifierChange",
                  .from = {v1::CERTIFIER_CHANGE_STATE_PROPOSED},
                  .to = v1::CERTIFIER_CHANGE_STATE_DECLINED},
                 {.verb = "WithdrawCertifierChange",
                  .from = {v1::CERTIFIER_CHANGE_STATE_PROPOSED},
                  .to = v1::CERTIFIER_CHANGE_STATE_WITHDRAWN}},
  });
  return certifier_changes;
}

}  // namespace puente::gateway
