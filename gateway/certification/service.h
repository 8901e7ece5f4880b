// puente.gateway.v1.CertificationService.
#pragma once

#include "common/calls/host.h"
#include "gateway/compose/executor.h"

namespace puente::certification {

// The executor must outlive the server.
void ServeCertification(calls::Host& host, compose::Executor& executor);

}  // namespace puente::certification
