#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/teacher_training.pb.h"

namespace puente::education {

// organizations/{organization}/teacherTrainings/{teacher_training}
const resource::Resource<v1::TeacherTraining>& TeacherTrainings();

}  // namespace puente::education
