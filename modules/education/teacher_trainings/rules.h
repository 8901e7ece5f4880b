// What a training of a teacher must say, whatever else there is.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/education/v1/teacher_training.pb.h"

namespace puente::education {

// REQUIRED for a stay without its company, OF_STAYS_ONLY, OF_COURSES_ONLY, MORE_HOURS_THAN_DAYS.
std::vector<Violation> CheckTraining(const v1::TeacherTraining& training, const std::string& path);
// Of a new one, whose name is set: OF_ANOTHER_ORGANIZATION, AFTER_TODAY if it has not ended.
std::vector<Violation> CheckNew(const v1::TeacherTraining& training, absl::CivilDay today);

}  // namespace puente::education
