// puente.economy.v1.TableSessionService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeTableSessions(calls::Host& host);

}  // namespace puente::economy
