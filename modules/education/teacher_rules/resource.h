#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/teacher_rule.pb.h"

namespace puente::education {

// teacherRules/{teacher_rule}
const resource::Resource<v1::TeacherRule>& TeacherRules();

}  // namespace puente::education
