#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/chamber.pb.h"

namespace puente::economy {

// chambers/{chamber}
const resource::Resource<v1::Chamber>& Chambers();

}  // namespace puente::economy
