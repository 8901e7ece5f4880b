#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/act.pb.h"

namespace puente::gateway {

// acts/{act}
const resource::Resource<v1::Act>& Acts();

}  // namespace puente::gateway
