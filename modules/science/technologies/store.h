// Technologies as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::science::store {

// technologies/{technology}
const resource::Spec& TechnologySpec();

}  // namespace puente::science::store
