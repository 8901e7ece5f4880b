#pragma once

#include "common/resource/spec.h"
#include "puente/labor/v1/skill.pb.h"

namespace puente::labor {

// skills/{skill}
const resource::Resource<v1::Skill>& Skills();

}  // namespace puente::labor
