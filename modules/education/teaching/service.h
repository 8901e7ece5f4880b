// puente.education.v1.TeachingService.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"

namespace puente::education {

void ServeTeaching(calls::Host& host, due::Scheduler& due);

}  // namespace puente::education
