#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/report_definition.pb.h"

namespace puente::gateway {

// reportDefinitions/{report_definition}
const resource::Resource<v1::ReportDefinition>& ReportDefinitions();

}  // namespace puente::gateway
