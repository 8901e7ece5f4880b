#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/program.pb.h"

namespace puente::education {

// programs/{program}/versions/{version}
const resource::Resource<v1::ProgramVersion>& ProgramVersions();

}  // namespace puente::education
