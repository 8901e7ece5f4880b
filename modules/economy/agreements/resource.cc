#include "modules/economy/agreements/resource.h"

#include "modules/economy/agreements/rules.h"

namespace puente::economy {

const resource::Resource<v1::Agreement>& Agreements() {
  static const resource::Resource<v1::Agreement> agreements({
      .table = "agreement",
      .lists = {{.by = {"session"}, .index = "by_session"},
                {.by = {"state"}, .order = {"due_date"}, .index = "by_state"},
                {.by = {"owner"}, .order = {"due_date"}, .index = "by_owner"},
                {.by = {"owner", "state"}, .order = {"due_date"}, .index = "by_owner_and_state"}},
      .states = {{.verb = "CreateAgreement"},  // to what Settle() says
                 {.verb = "UpdateAgreement", .from = kToBeDone},
                 {.verb = "BeginAgreement",
                  .from = {v1::AGREEMENT_STATE_OPEN, v1::AGREEMENT_STATE_OVERDUE},
                  .to = v1::AGREEMENT_STATE_IN_PROGRESS},
                 {.verb = "FinishAgreement", .from = kToBeDone, .to = v1::AGREEMENT_STATE_DONE},
                 {.verb = "DropAgreement", .from = kToBeDone, .to = v1::AGREEMENT_STATE_DROPPED},
                 {.verb = "ReviewAgreement", .from = {v1::AGREEMENT_STATE_DONE}}},
      .over = {v1::AGREEMENT_STATE_DROPPED},
  });
  return agreements;
}

}  // namespace puente::economy
