// puente.labor.v1.VacancyLoadService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeVacancyLoads(calls::Host& host);

}  // namespace puente::labor
