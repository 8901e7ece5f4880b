#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/facility.pb.h"

namespace puente::education {

// facilities/{facility}
const resource::Resource<v1::Facility>& Facilities();

}  // namespace puente::education
