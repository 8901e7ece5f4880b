// Rules of awards as dated data: which counts on a day, and what it asks for.
#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "puente/education/v1/award_rule.pb.h"

namespace puente::education {

// The one that counts on a day, the last that has begun by then; null if there is none yet.
const v1::AwardRule* RuleOn(const std::vector<v1::AwardRule>& rules, absl::CivilDay day);

// Days that pass at least between enrolment and award, of so many hours of workload. Who learns all
// hours of a day that anybody does is done on the last of them, not the day after.
int LeastDays(const v1::AwardRule& rule, int total_hours);

}  // namespace puente::education
