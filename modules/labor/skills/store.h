// Living skills as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::labor::store {

// skills/{skill}
const resource::Spec& SkillSpec();

}  // namespace puente::labor::store
