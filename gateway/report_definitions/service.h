// Of puente.gateway.v1.ReportService what definitions are for.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServeReportDefinitions(calls::Host& host);

}  // namespace puente::gateway
