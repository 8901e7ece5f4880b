// puente.labor.v1.OccupationService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeOccupations(calls::Host& host);

}  // namespace puente::labor
