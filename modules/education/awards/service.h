// puente.education.v1.AwardService.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/resource/record_writer.h"

namespace puente::education {

resource::RecordWriter ServeAwards(calls::Host& host, due::Scheduler& due);

}  // namespace puente::education
