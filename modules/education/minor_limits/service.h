// puente.education.v1.MinorLimitService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeMinorLimits(calls::Host& host);

}  // namespace puente::education
