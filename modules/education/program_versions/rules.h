// What holds for versions of study programs, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/status/violation.h"
#include "puente/education/v1/program.pb.h"

namespace puente::education {

// HOURS_OVER_WORKLOAD; of seats, PERIOD_NO_YEAR for a school cycle that is not from one year to the
// next, CAMPUS_OF_ANOTHER, UNIQUE for a period and a campus that stand twice, and TOO_MANY_FIGURES.
std::vector<Violation> CheckProgram(const v1::ProgramVersion& version, const std::string& path);

// Whether a school cycle is from one year to the next, as "2027-2028"; so is any calendar year.
bool IsPeriod(absl::string_view period);

// What differs between two versions of one program. Outcomes are matched by their code.
v1::ProgramVersionDiff Diff(const v1::ProgramVersion& from, const v1::ProgramVersion& to);

}  // namespace puente::education
