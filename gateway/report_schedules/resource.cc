#include "gateway/report_schedules/resource.h"

namespace puente::gateway {

const resource::Resource<v1::ReportSchedule>& ReportSchedules() {
  static const resource::Resource<v1::ReportSchedule> schedules({
      .table = "report_schedule",
      .states = {{.verb = "CreateReportSchedule", .to = v1::REPORT_SCHEDULE_STATE_ACTIVE},
                 {.verb = "PauseReportSchedule",
                  .from = {v1::REPORT_SCHEDULE_STATE_ACTIVE},
                  .to = v1::REPORT_SCHEDULE_STATE_PAUSED},
                 {.verb = "ResumeReportSchedule",
                  .from = {v1::REPORT_SCHEDULE_STATE_PAUSED},
                  .to = v1::REPORT_SCHEDULE_STATE_ACTIVE}},
  });
  return schedules;
}

}  // namespace puente::gateway
