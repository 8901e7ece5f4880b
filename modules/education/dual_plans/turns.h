// Plans that come into another state by what was said of them, by their seat, or by their days.
#pragma once

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/resource/turn.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "puente/education/v1/place_enrolment.pb.h"

namespace puente::education {

// What their days do.
const resource::Turn<v1::DualPlan>& DualPlanTurns();

// Has a plan, which is to be stored as it is then, say where it stands and whose turn it is.
absl::Status Settle(const Call& call, journal::Transaction& tx, v1::DualPlan& plan);

// Has the plans that go on at these seats say where the seats stand. The enrolments are stored
// before, so that whoever drafts a plan at one of them is seen here, or finds it changed.
absl::Status FollowSeats(const Call& call, journal::Transaction& tx,
                         absl::Span<const v1::PlaceEnrolment> seats);

}  // namespace puente::education
