// puente.gateway.v1.ReportScheduleService, and what it does by itself.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/resource/record_writer.h"

namespace puente::gateway {

// Reports are asked for by `reports`, whose records they are.
void ServeReportSchedules(calls::Host& host, due::Scheduler& due,
                          const resource::RecordWriter& reports);

}  // namespace puente::gateway
