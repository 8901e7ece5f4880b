// Of puente.gateway.v1.ReportService what reports are for.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServeReports(calls::Host& host);

}  // namespace puente::gateway
