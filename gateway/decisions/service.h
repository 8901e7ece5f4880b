// puente.gateway.v1.DecisionService.
#pragma once

#include "common/calls/host.h"
#include "gateway/acts/runner.h"

namespace puente::gateway {

void ServeDecisions(calls::Host& host);

// The kind of act by which Education records a decision. Its subject is the submission, of which so
// one decision at a time goes through.
inline constexpr char kCertification[] = "certification";
ActRunner::Ends CertificationEnds();

}  // namespace puente::gateway
