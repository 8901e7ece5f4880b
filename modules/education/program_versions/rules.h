// What holds for versions of study programs, whoever stores them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/program.pb.h"

namespace puente::education {

// HOURS_OVER_WORKLOAD, and PERIOD_NO_YEAR for a school cycle that is not from one year to the next.
std::vector<Violation> CheckProgram(const v1::ProgramVersion& version, const std::string& path);

// Credits in ten-thousandths, rounded half up.
int64_t CreditsE4(int64_t workload_hours, int64_t hours_per_credit);

// The school cycle of a day, August to July: "2026-2027" from 2026-08-01 on.
std::string SchoolCycle(absl::CivilDay day);

// What differs between two versions of one program. Outcomes are matched by their code.
v1::ProgramVersionDiff Diff(const v1::ProgramVersion& from, const v1::ProgramVersion& to);

}  // namespace puente::education
