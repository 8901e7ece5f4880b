// What holds for answers of schools, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/economy/v1/school_call.pb.h"
#include "puente/economy/v1/school_response.pb.h"

namespace puente::economy {

// REQUIRED of what is missing, unless the school can do it as it is.
std::vector<Violation> CheckSchoolResponse(const v1::SchoolResponse& response,
                                           const std::string& path);

// Whether a call takes answers on a day.
bool TakesAnswers(const v1::SchoolCall& school_call, absl::CivilDay day);

}  // namespace puente::economy
