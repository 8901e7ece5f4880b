#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education {

// microcredentials/{microcredential}/versions/{version}
const resource::Resource<v1::MicrocredentialVersion>& MicrocredentialVersions();

}  // namespace puente::education
