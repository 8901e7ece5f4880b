// puente.gateway.v1.AgendaService.
#pragma once

#include "common/calls/host.h"
#include "gateway/compose/executor.h"

namespace puente::agenda {

void ServeAgenda(calls::Host& host, compose::Executor& executor);

}  // namespace puente::agenda
