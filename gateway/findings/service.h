// puente.gateway.v1.FindingService.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServeFindings(calls::Host& host);

}  // namespace puente::gateway
