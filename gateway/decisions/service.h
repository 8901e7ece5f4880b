// puente.gateway.v1.DecisionService.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServeDecisions(calls::Host& host);

}  // namespace puente::gateway
