// What a plan of dual education rests on: its agreement, the learner, the enrolment, the seat, the
// limits of minors, and the learner's other plans.
#pragma once

#include "absl/status/status.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/personal/key_store.h"
#include "puente/education/v1/dual_plan.pb.h"

namespace puente::education {

// Checks all of it, and fills in what follows from it, of a plan that is drafted or of a draft that
// is changed. The learner's birth date is opened for it, which is an access, and told to nobody.
absl::Status CheckDraft(const Call& call, journal::Transaction& tx, personal::KeyStore& persons,
                        v1::DualPlan& plan);
// The same of what a change of a plan may change: days, hours, outcomes. The birth date is opened
// where days have changed alone.
absl::Status CheckTerms(const Call& call, journal::Transaction& tx, personal::KeyStore& persons,
                        const v1::DualPlan& before, v1::DualPlan& plan);
// That the agreement is in force for as long as this is written.
absl::Status CheckInForce(const Call& call, journal::Transaction& tx, const v1::DualPlan& plan);
// Has the plan that a new one follows say so, and be followed by no other.
absl::Status Follow(const Call& call, journal::Transaction& tx, const v1::DualPlan& plan);
// Has the plan that this one follows be followed by none again, where this one ends as a draft: of
// that minutes are recorded again, and another may follow it.
absl::Status Unfollow(const Call& call, journal::Transaction& tx, const v1::DualPlan& plan);

}  // namespace puente::education
