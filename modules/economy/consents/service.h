// puente.economy.v1.ConsentService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeConsents(calls::Host& host);

}  // namespace puente::economy
