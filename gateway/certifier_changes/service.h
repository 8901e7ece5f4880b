// puente.gateway.v1.CertifierChangeService.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "gateway/acts/runner.h"

namespace puente::gateway {

void ServeCertifierChanges(calls::Host& host);
void HandleCertifierChanges(due::Scheduler& due);

// The kind of act by which Education ends the certifications of a body that leaves.
inline constexpr char kLeaving[] = "leaving";
ActRunner::Ends LeavingEnds();

}  // namespace puente::gateway
