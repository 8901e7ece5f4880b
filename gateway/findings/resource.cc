#include "gateway/findings/resource.h"

namespace puente::gateway {

const resource::Resource<v1::Finding>& Findings() {
  static const resource::Resource<v1::Finding> findings({
      .table = "finding",
      .lists = {{.by = {"submission"}, .index = "by_submission"},
                {.by = {"organization", "state"}, .index = "by_organization_state"}},
      .hides = true,
      .states = {{.verb = "CreateFinding", .to = v1::FINDING_STATE_OPEN},
                 {.verb = "AnswerFinding",
                  .from = {v1::FINDING_STATE_OPEN, v1::FINDING_STATE_ANSWERED},
                  .to = v1::FINDING_STATE_ANSWERED},
                 {.verb = "CloseFinding",
                  .from = {v1::FINDING_STATE_OPEN, v1::FINDING_STATE_ANSWERED},
                  .to = v1::FINDING_STATE_CLOSED}},
  });
  return findings;
}

}  // namespace puente::gateway
