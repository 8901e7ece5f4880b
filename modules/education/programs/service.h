// puente.education.v1.ProgramService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServePrograms(calls::Host& host);

}  // namespace puente::education
