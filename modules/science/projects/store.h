// Innovation projects as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::science::store {

// innovationProjects/{innovation_project}
const resource::Spec& ProjectSpec();

}  // namespace puente::science::store
