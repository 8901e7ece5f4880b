// puente.gateway.v1.CouncilService.
#pragma once

#include "common/calls/host.h"
#include "gateway/compose/executor.h"

namespace puente::council {

// The executor must outlive the server.
void ServeCouncil(calls::Host& host, compose::Executor& executor);

}  // namespace puente::council
