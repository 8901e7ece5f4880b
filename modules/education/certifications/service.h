// puente.education.v1.CertificationService.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"

namespace puente::education {

void ServeCertifications(calls::Host& host, due::Scheduler& due);

}  // namespace puente::education
