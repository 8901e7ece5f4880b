// puente.economy.v1.SchoolCallService, and the due work that closes calls whose last day is past.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"

namespace puente::economy {

void ServeSchoolCalls(calls::Host& host, due::Scheduler& due);

}  // namespace puente::economy
