#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/certifier_change.pb.h"

namespace puente::gateway {

// certifierChanges/{certifier_change}
const resource::Resource<v1::CertifierChange>& CertifierChanges();

}  // namespace puente::gateway
