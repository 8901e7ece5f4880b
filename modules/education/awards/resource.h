#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/award.pb.h"

namespace puente::education {

// organizations/{organization}/awards/{award}
const resource::Resource<v1::Award>& Awards();

}  // namespace puente::education
