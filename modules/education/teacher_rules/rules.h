// Rules of teachers as dated data: what each asks for on a day.
#pragma once

#include "absl/time/civil_time.h"
#include "puente/education/v1/teacher_rule.pb.h"

namespace puente::education {

// A training counts on a day if its last day is this one or later.
absl::CivilDay FirstDayThatCounts(const v1::TeacherRule& rule, absl::CivilDay day);

}  // namespace puente::education
