#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/minor_limit.pb.h"

namespace puente::education {

// minorLimits/{minor_limit}
const resource::Resource<v1::MinorLimit>& MinorLimits();

}  // namespace puente::education
