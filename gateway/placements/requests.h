// Places, as due work, the learners whom organizations have asked Education to place
// (PlacementRequestService). What waits, what is under way and what became of it Education knows;
// here are the acts alone, each under the name that Education gave it when it was taken up. So
// whatever dies, what is found again is gone on with, and no act is begun twice.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/due/scheduler.h"
#include "gateway/compose/grpc_transport.h"
#include "puente/education/v1/placement_request.grpc.pb.h"

namespace puente::gateway {

class RequestPlacer {
 public:
  // After `pause` Education is asked again when it had nothing to place.
  explicit RequestPlacer(const compose::Channels& channels,
                         absl::Duration pause = absl::Seconds(1));

  // Says how "placements.requests" is done; the scheduler must not outlive it.
  void Handle(due::Scheduler& due);

 private:
  using Requests = std::vector<education::v1::PlacementRequest>;

  absl::StatusOr<due::Next> Place(const due::Slice& slice);
  // Takes up as many of those that wait as may be under way besides those that go on.
  absl::StatusOr<Requests> TakeUp(const due::Slice& slice, const Requests& waiting,
                                  const Requests& going_on) const;

  const absl::Duration pause_;
  const std::unique_ptr<education::v1::PlacementRequestService::Stub> requests_;
};

}  // namespace puente::gateway
