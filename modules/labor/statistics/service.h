// puente.labor.v1.VacancyStatisticsService.
#pragma once

#include "common/rpc/host.h"

namespace puente::labor {

void ServeVacancyStatistics(rpc::Host& host);

}  // namespace puente::labor
