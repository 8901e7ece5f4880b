// Tells Education, as due work, what has become of seats at Economy. What is to be told Economy
// knows (FindPlaceNotices); nothing is kept here.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/due/scheduler.h"
#include "gateway/compose/grpc_transport.h"
#include "puente/economy/v1/place_reservation.grpc.pb.h"
#include "puente/education/v1/place_enrolment.grpc.pb.h"

namespace puente::gateway {

class PlaceFollower {
 public:
  // After `pause` Economy is asked again when it had nothing to tell.
  explicit PlaceFollower(const compose::Channels& channels,
                         absl::Duration pause = absl::Seconds(1));

  // Says how "placements.follow" is done; the scheduler must not outlive it.
  void Handle(due::Scheduler& due);

 private:
  absl::StatusOr<due::Next> Follow(const due::Slice& slice);

  const absl::Duration pause_;
  const std::unique_ptr<economy::v1::PlaceReservationService::Stub> seats_;
  const std::unique_ptr<education::v1::PlaceEnrolmentService::Stub> enrolments_;
};

}  // namespace puente::gateway
