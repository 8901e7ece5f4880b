#include "gateway/decisions/resource.h"

namespace puente::gateway {

const resource::Resource<v1::Decision>& Decisions() {
  static const resource::Resource<v1::Decision> decisions({
      .table = "decision",
      .lists = {{.by = {"submission"}, .index = "by_submission"},
                {.by = {"organization"}, .index = "by_organization"},
                {.by = {"organization", "acknowledgement"}, .index = "by_acknowledgement"},
                {.by = {"state"},
                 .order = {"create_time"},
                 .index = "by_state",
                 .index_within = "by_certifier_state"}},
      .hides = true,
      .states = {{.verb = "CreateDecision"},
                 {.verb = "AppealDecision",
                  .from = {v1::DECISION_STATE_IN_FORCE},
                  .to = v1::DECISION_STATE_UNDER_APPEAL},
                 {.verb = "UpholdDecision",
                  .from = {v1::DECISION_STATE_UNDER_APPEAL},
                  .to = v1::DECISION_STATE_UPHELD},
                 {.verb = "AcknowledgeDecision",
                  .from = {v1::DECISION_STATE_IN_FORCE, v1::DECISION_STATE_UNDER_APPEAL,
                           v1::DECISION_STATE_UPHELD, v1::DECISION_STATE_REPLACED}}},
  });
  return decisions;
}

}  // namespace puente::gateway
