#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/certifier.pb.h"

namespace puente::gateway {

// certifiers/{certifier}
const resource::Resource<v1::Certifier>& Certifiers();

}  // namespace puente::gateway
