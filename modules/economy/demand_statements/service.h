// puente.economy.v1.DemandService.
#pragma once

#include "common/calls/host.h"
#include "modules/economy/demand_statements/summary.h"

namespace puente::economy {

// The cache must outlive the server.
void ServeDemandStatements(calls::Host& host, ReleaseCache& releases);

}  // namespace puente::economy
