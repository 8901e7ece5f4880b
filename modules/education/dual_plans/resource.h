#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/dual_plan.pb.h"

namespace puente::education {

// organizations/{organization}/dualPlans/{dual_plan}
const resource::Resource<v1::DualPlan>& DualPlans();

}  // namespace puente::education
