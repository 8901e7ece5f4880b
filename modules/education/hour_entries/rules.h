// What holds for entries of hours, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "puente/education/v1/hour_entry.pb.h"

namespace puente::education {

// States of a plan in which entries are claimed, confirmed and disputed.
inline const std::vector<int> kTakesHours = {v1::DUAL_PLAN_STATE_RUNNING,
                                             v1::DUAL_PLAN_STATE_PAUSED, v1::DUAL_PLAN_STATE_ENDED};

// "organizations/utt/dualPlans/one" of an entry's name.
std::string PlanOfEntry(absl::string_view name);

// Of a new one, of a plan as it is on this day: COMPANY_OF_ANOTHER_PLAN, AFTER_TODAY, OUTSIDE_PLAN,
// IN_PAUSE, NOT_IN_PLAN, ID_OF_PERSON.
std::vector<Violation> CheckClaim(const v1::HourEntry& entry, const v1::DualPlan& plan,
                                  absl::CivilDay today);

// HOUR_ENTRY_OWN of a side's own entry; HOUR_ENTRY_NOT_OWN of the other side's.
absl::Status CheckOfOther(const v1::HourEntry& entry, v1::DualParty party);
absl::Status CheckOwn(const v1::HourEntry& entry, v1::DualParty party);

}  // namespace puente::education
