// puente.labor.v1.StandardsService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeStandards(calls::Host& host);

}  // namespace puente::labor
