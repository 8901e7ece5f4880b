#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/finding.pb.h"

namespace puente::gateway {

// certifiers/{certifier}/findings/{finding}
const resource::Resource<v1::Finding>& Findings();

}  // namespace puente::gateway
