// puente.education.v1.CauseService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeCauses(calls::Host& host);

}  // namespace puente::education
