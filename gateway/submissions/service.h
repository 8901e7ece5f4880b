// puente.gateway.v1.SubmissionService.
#pragma once

#include "common/calls/host.h"
#include "gateway/compose/executor.h"

namespace puente::gateway {

void ServeSubmissions(calls::Host& host, compose::Executor& executor);

}  // namespace puente::gateway
