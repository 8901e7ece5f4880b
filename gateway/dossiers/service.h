// puente.gateway.v1.DossierService.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "gateway/compose/executor.h"

namespace puente::gateway {

void ServeDossiers(calls::Host& host, compose::Executor& executor);

// Deletes dossiers on which nothing was decided, once nothing can be.
void HandleDossiers(due::Scheduler& due);

}  // namespace puente::gateway
