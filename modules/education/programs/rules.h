// What holds for versions of study programs, whoever stores them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "puente/education/v1/program.pb.h"

namespace puente::education {

// HOURS_OVER_WORKLOAD if the outcomes' hours add up to more than the workload; CODE_TWICE and
// PERIOD_TWICE for an outcome or a period that stands there before; PERIOD_NO_YEAR for a school
// cycle that is not from one year to the next.
std::vector<Violation> CheckProgram(const v1::ProgramVersion& version, const std::string& path);

// Credits in ten-thousandths, rounded half up.
int64_t CreditsE4(int64_t workload_hours, int64_t hours_per_credit);

// The school cycle of a day, August to July: "2026-2027" from 2026-08-01 on.
std::string SchoolCycle(absl::CivilDay day);

// PROGRAM_VERSION_NOT_DRAFT.
absl::Status CheckDraft(const v1::ProgramVersion& version);

// The version as it is from `now` on. PROGRAM_VERSION_NOT_DRAFT.
absl::StatusOr<v1::ProgramVersion> Publish(const v1::ProgramVersion& draft, absl::Time now);

// What differs between two versions of one program. Outcomes are matched by their code.
v1::ProgramVersionDiff Diff(const v1::ProgramVersion& from, const v1::ProgramVersion& to);

}  // namespace puente::education
