#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/dossier.pb.h"

namespace puente::gateway {

// dossiers/{dossier}
const resource::Resource<v1::Dossier>& Dossiers();

}  // namespace puente::gateway
