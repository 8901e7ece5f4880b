// puente.gateway.v1.ReportService.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServeReports(calls::Host& host);

}  // namespace puente::gateway
