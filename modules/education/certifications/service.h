// puente.education.v1.CertificationService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeCertifications(calls::Host& host);

}  // namespace puente::education
