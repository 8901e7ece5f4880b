#include "modules/education/placement_requests/resource.h"

namespace puente::education {

const resource::Resource<v1::PlacementRequest>& PlacementRequests() {
  // UNDER_WAY, PLACED and REFUSED are what the gateway says.
  static const resource::Resource<v1::PlacementRequest> requests({
      .table = "placement_request",
      .lists = {{.by = {"state"}, .index = "by_state"}, {.by = {"learner"}, .index = "by_learner"}},
      .hides = true,
      .states = {{.verb = "CreatePlacementRequest", .to = v1::PLACEMENT_REQUEST_STATE_WAITING},
                 {.verb = "WithdrawPlacementRequest",
                  .from = {v1::PLACEMENT_REQUEST_STATE_WAITING},
                  .to = v1::PLACEMENT_REQUEST_STATE_WITHDRAWN}},
      .over = {v1::PLACEMENT_REQUEST_STATE_PLACED, v1::PLACEMENT_REQUEST_STATE_REFUSED,
               v1::PLACEMENT_REQUEST_STATE_WITHDRAWN},
  });
  return requests;
}

}  // namespace puente::education
