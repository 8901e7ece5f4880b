#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/agreement.pb.h"

namespace puente::economy {

// agreements/{agreement}
const resource::Resource<v1::Agreement>& Agreements();

}  // namespace puente::economy
