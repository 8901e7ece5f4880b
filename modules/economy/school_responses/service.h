// puente.economy.v1.SchoolResponseService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeSchoolResponses(calls::Host& host);

}  // namespace puente::economy
