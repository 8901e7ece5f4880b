#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/assessment.pb.h"

namespace puente::education {

// organizations/{organization}/assessments/{assessment}
const resource::Resource<v1::Assessment>& Assessments();

}  // namespace puente::education
