#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/rvoe.pb.h"

namespace puente::education {

// organizations/{organization}/rvoes/{rvoe}
const resource::Resource<v1::Rvoe>& Rvoes();

}  // namespace puente::education
