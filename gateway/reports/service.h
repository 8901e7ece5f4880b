// puente.gateway.v1.ReportService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::gateway {

// What is given back asks for reports as CreateReport does.
resource::RecordWriter ServeReports(calls::Host& host);

}  // namespace puente::gateway
