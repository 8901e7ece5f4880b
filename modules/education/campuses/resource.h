#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/campus.pb.h"

namespace puente::education {

// organizations/{organization}/campuses/{campus}
const resource::Resource<v1::Campus>& Campuses();

}  // namespace puente::education
