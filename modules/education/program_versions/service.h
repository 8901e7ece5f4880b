// puente.education.v1.ProgramService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeProgramVersions(calls::Host& host);

}  // namespace puente::education
