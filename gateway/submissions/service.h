// puente.gateway.v1.SubmissionService.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServeSubmissions(calls::Host& host);

}  // namespace puente::gateway
