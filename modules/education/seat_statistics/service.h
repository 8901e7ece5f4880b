// puente.education.v1.SeatStatisticsService.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"

namespace puente::education {

// Also counts, once, what was published by software that did not count (migration 0013).
void ServeSeatStatistics(calls::Host& host, due::Scheduler& due);

}  // namespace puente::education
