#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/municipality.pb.h"

namespace puente::economy {

// municipalities/{municipality}
const resource::Resource<v1::Municipality>& Municipalities();

}  // namespace puente::economy
