// puente.gateway.v1.ReportDefinitionService.
#pragma once

#include "common/calls/host.h"

namespace puente::gateway {

void ServeReportDefinitions(calls::Host& host);

}  // namespace puente::gateway
