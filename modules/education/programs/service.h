// puente.education.v1.ProgramService.
#pragma once

#include "common/rpc/host.h"

namespace puente::education {

void ServePrograms(rpc::Host& host);

}  // namespace puente::education
