// puente.gateway.v1.SubmissionService.
#pragma once

#include "common/calls/host.h"
#include "gateway/acts/runner.h"

namespace puente::gateway {

void ServeSubmissions(calls::Host& host);

// The kind of act by which a submission is certified: Education records it.
inline constexpr char kCertification[] = "certification";
ActRunner::Ends CertificationEnds();

}  // namespace puente::gateway
