// What holds for answers of schools, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "common/status/violation.h"
#include "puente/economy/v1/school_response.pb.h"

namespace puente::economy {

// REQUIRED of what is missing, unless the school can do it as it is.
std::vector<Violation> CheckSchoolResponse(const v1::SchoolResponse& response,
                                           const std::string& path);

}  // namespace puente::economy
