// puente.gateway.v1.CouncilService.PlaceLearner.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServePlacements(calls::Host& host);

}  // namespace puente::gateway
