// puente.labor.v1.OccupationToolService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeOccupationTools(calls::Host& host);

}  // namespace puente::labor
