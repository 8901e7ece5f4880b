// puente.economy.v1.ValueChainService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeValueChains(calls::Host& host);

}  // namespace puente::economy
