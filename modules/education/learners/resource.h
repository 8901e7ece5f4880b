#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/learner.pb.h"

namespace puente::education {

// organizations/{organization}/learners/{learner}
const resource::Resource<v1::Learner>& Learners();

}  // namespace puente::education
