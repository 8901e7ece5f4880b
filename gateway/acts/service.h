// puente.gateway.v1.ActService.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServeActs(calls::Host& host);

}  // namespace puente::gateway
