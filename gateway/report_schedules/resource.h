#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/report_schedule.pb.h"

namespace puente::gateway {

// reportSchedules/{report_schedule}
const resource::Resource<v1::ReportSchedule>& ReportSchedules();

}  // namespace puente::gateway
