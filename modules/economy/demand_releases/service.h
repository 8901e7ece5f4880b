// puente.economy.v1.DemandReleaseService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeDemandReleases(calls::Host& host);

}  // namespace puente::economy
