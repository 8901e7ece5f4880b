// What holds for answers of schools, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/economy/v1/school_response.pb.h"

namespace puente::economy {

// REQUIRED of what is missing, unless the school can do it as it is; SEATS_THOUGH_IT_CANNOT;
// CAMPUS_OF_OTHER_SCHOOL of the check that it rests on.
std::vector<Violation> CheckSchoolResponse(const v1::SchoolResponse& response,
                                           const std::string& path);

// CHECK_TO_COME of a check that is later than now.
std::vector<Violation> CheckAsOf(const v1::SchoolResponse& response, absl::Time now);

}  // namespace puente::economy
