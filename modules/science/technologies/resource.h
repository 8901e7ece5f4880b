#pragma once

#include "common/resource/spec.h"
#include "puente/science/v1/technology.pb.h"

namespace puente::science {

// technologies/{technology}
const resource::Resource<v1::Technology>& Technologies();

}  // namespace puente::science
