#include "gateway/reports/resource.h"

namespace puente::gateway {

const resource::Resource<v1::Report>& Reports() {
  static const resource::Resource<v1::Report> reports({
      .table = "report",
      .lists = {{.by = {"state"}, .order = {"create_time desc"}, .index = "by_state"},
                {.by = {"report_definition"},
                 .order = {"create_time desc"},
                 .index = "by_definition"},
                {.by = {"report_definition", "state"},
                 .order = {"create_time desc"},
                 .index = "by_definition_state"}},
      .guarded = true,
      .states = {{.verb = "CreateReport", .to = v1::REPORT_STATE_QUEUED},
                 {.verb = "CancelReport",
                  .from = {v1::REPORT_STATE_QUEUED, v1::REPORT_STATE_READING},
                  .to = v1::REPORT_STATE_CANCELLED},
                 {.verb = "ApproveReport",
                  .from = {v1::REPORT_STATE_DRAFTED},
                  .to = v1::REPORT_STATE_APPROVED},
                 {.verb = "PublishReport",
                  .from = {v1::REPORT_STATE_APPROVED},
                  .to = v1::REPORT_STATE_PUBLISHED},
                 {.verb = "WithdrawReport",
                  .from = {v1::REPORT_STATE_DRAFTED, v1::REPORT_STATE_APPROVED,
                           v1::REPORT_STATE_PUBLISHED},
                  .to = v1::REPORT_STATE_WITHDRAWN}},
  });
  return reports;
}

bool SeesDrafts(const Call& call) {
  return call.caller.kind() == "agency" || call.caller.kind() == "auditor";
}

bool MaySee(const Call& call, const v1::Report& report) {
  return SeesDrafts(call) || report.has_publish_time();
}

bool MayRead(const Call& call, const v1::Report& report) {
  return SeesDrafts(call) || report.state() == v1::REPORT_STATE_PUBLISHED;
}

}  // namespace puente::gateway
