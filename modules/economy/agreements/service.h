// puente.economy.v1.AgreementService, and the due work that marks agreements that are late.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"

namespace puente::economy {

void ServeAgreements(calls::Host& host, due::Scheduler& due);

}  // namespace puente::economy
