// puente.education.v1.MicrocredentialService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeMicrocredentialVersions(calls::Host& host);

}  // namespace puente::education
