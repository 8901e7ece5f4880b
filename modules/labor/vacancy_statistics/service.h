// puente.labor.v1.VacancyStatisticsService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeVacancyStatistics(calls::Host& host);

}  // namespace puente::labor
