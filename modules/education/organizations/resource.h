#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/organization.pb.h"

namespace puente::education {

// organizations/{organization}
const resource::Resource<v1::Organization>& Organizations();

}  // namespace puente::education
