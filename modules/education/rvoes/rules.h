// On which days an RVOE counts.
#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/rvoe.pb.h"

namespace puente::education {

// Whether two have a day in common. One without a last day goes on for ever.
bool Overlap(const v1::Rvoe& one, const v1::Rvoe& other);

// Whether studies that begin on this day rest on it.
bool CoversBeginning(const v1::Rvoe& rvoe, absl::CivilDay day);
// Whether studies that rest on it may end in an award on this day.
bool LetsFinish(const v1::Rvoe& rvoe, absl::CivilDay day);

// Of the last day with which one is ended: NOT_BEFORE its first day, AFTER_LAST_DAY.
std::vector<Violation> CheckEnd(const v1::Rvoe& before, const v1::Rvoe& after);

}  // namespace puente::education
