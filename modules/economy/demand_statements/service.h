// puente.economy.v1.DemandService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeDemandStatements(calls::Host& host);

}  // namespace puente::economy
