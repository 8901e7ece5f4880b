#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/national_profile.pb.h"

namespace puente::education {

// nationalProfiles/{national_profile}
const resource::Resource<v1::NationalProfile>& NationalProfiles();

}  // namespace puente::education
