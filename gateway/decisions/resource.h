#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/decision.pb.h"

namespace puente::gateway {

// certifiers/{certifier}/decisions/{decision}
const resource::Resource<v1::Decision>& Decisions();

}  // namespace puente::gateway
