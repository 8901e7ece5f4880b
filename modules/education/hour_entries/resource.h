#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/hour_entry.pb.h"

namespace puente::education {

// organizations/{organization}/dualPlans/{dual_plan}/hourEntries/{hour_entry}
const resource::Resource<v1::HourEntry>& HourEntries();

}  // namespace puente::education
