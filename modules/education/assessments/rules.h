// What an assessment must say, whatever else there is.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/assessment.pb.h"

namespace puente::education {

// ID_OF_PERSON for an evaluator who is named by a CURP.
std::vector<Violation> CheckEvaluator(const v1::Assessment& assessment, const std::string& path);

// Of a new one, whose name is set: ID_OF_PERSON, OF_ANOTHER_ORGANIZATION.
std::vector<Violation> CheckNew(const v1::Assessment& assessment);

// Of a day on which its result is said: BEFORE_ASSESSMENT, AFTER_TODAY.
std::vector<Violation> CheckResultDate(const v1::Assessment& assessment, absl::CivilDay today,
                                       const std::string& path);

// Whether its result can be known on a day.
bool MayHaveResult(const v1::Assessment& assessment, absl::CivilDay today);

}  // namespace puente::education
