// puente.gateway.v1.CouncilService.
#pragma once

#include "common/rpc/host.h"
#include "gateway/compose/executor.h"

namespace puente::council {

// The executor must outlive the server.
void ServeCouncil(rpc::Host& host, compose::Executor& executor);

}  // namespace puente::council
