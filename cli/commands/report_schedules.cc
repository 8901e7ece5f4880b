// When inter-ministry reports are asked for by themselves.
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/report_commands.h"
#include "cli/report_tables.h"
#include "common/context/values.h"
#include "puente/gateway/v1/report_schedule.pb.h"

namespace puente::cli {
namespace {

using gateway::v1::ReportSchedule;

#define PUENTE_SCHEDULES "puente.gateway.v1.ReportScheduleService/"
constexpr char kList[] = PUENTE_SCHEDULES "ListReportSchedules";
constexpr char kCreate[] = PUENTE_SCHEDULES "CreateReportSchedule";
constexpr char kPause[] = PUENTE_SCHEDULES "PauseReportSchedule";
constexpr char kResume[] = PUENTE_SCHEDULES "ResumeReportSchedule";
#undef PUENTE_SCHEDULES
constexpr int kPage = 1000;
// As whom, unless --as says otherwise.
constexpr char kMaker[] = "agency/education";

constexpr Label kNoSchedules{"there are no schedules of reports", "no hay calendarios de informes"};
constexpr Label kNextAt{", next at ", ", la próxima vez el "};

std::string ScheduleName(const std::string& written) {
  return absl::StrCat("reportSchedules/", LastId(written));
}

gateway::v1::ReportFrequency FrequencyOf(const std::string& every) {
  if (every == "week") return gateway::v1::REPORT_FREQUENCY_WEEKLY;
  if (every == "quarter") return gateway::v1::REPORT_FREQUENCY_QUARTERLY;
  if (every == "year") return gateway::v1::REPORT_FREQUENCY_YEARLY;
  return gateway::v1::REPORT_FREQUENCY_MONTHLY;
}

template <class Request>
ExitCode Do(Session& session, const char* method, const Request& request) {
  if (session.Explains("gateway", method, request)) return kOk;
  ReportSchedule schedule;
  if (!session.Call("gateway", method, request, &schedule)) return kFailure;
  if (session.PrintForPrograms(schedule)) return kOk;
  session.out() << schedule.name() << ": " << session.Say(LabelOf(schedule.state()));
  if (schedule.has_next_run_time()) {
    session.out() << session.Say(kNextAt) << TimeText(schedule.next_run_time());
  }
  session.out() << "\n";
  return kOk;
}

}  // namespace

ExitCode ScheduleList(Session& session) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  gateway::v1::ListReportSchedulesRequest request;
  request.set_page_size(kPage);
  return session.List<gateway::v1::ListReportSchedulesResponse>(
      "gateway", kList, request, kNoSchedules,
      [&](const gateway::v1::ListReportSchedulesResponse& all) {
        return TableOfSchedules(session.language(), all.report_schedules());
      });
}

ExitCode ScheduleAdd(Session& session, const ScheduleArgs& args) {
  gateway::v1::CreateReportScheduleRequest request;
  request.set_report_schedule_id(LastId(args.name));
  request.set_request_id(session.request_id());
  ReportSchedule& schedule = *request.mutable_report_schedule();
  schedule.set_report_definition(absl::StrCat("reportDefinitions/", LastId(args.definition)));
  schedule.set_frequency(FrequencyOf(args.every));
  schedule.set_month(args.month);
  schedule.set_day(args.day);
  schedule.set_hour(args.hour);
  if (!args.from.empty() && !ReadDay(session, args.from, schedule.mutable_first_date())) {
    return kUsage;
  }
  if (!args.to.empty() && !ReadDay(session, args.to, schedule.mutable_last_date())) return kUsage;
  if (args.embargo_days != 0) {
    *schedule.mutable_embargo_offset() = ToProto(absl::Hours(24) * args.embargo_days);
  }
  schedule.set_record_kind(args.record_kind == "generated" ? type::v1::RECORD_KIND_GENERATED
                                                           : type::v1::RECORD_KIND_REAL);
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  schedule.set_source(LastId(session.client().channels().caller()));
  return Do(session, kCreate, request);
}

ExitCode SchedulePause(Session& session, const ScheduleArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  auto request = About<gateway::v1::PauseReportScheduleRequest>(session, ScheduleName(args.name));
  request.set_reason(args.reason);
  return Do(session, kPause, request);
}

ExitCode ScheduleResume(Session& session, const ScheduleArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  return Do(session, kResume,
            About<gateway::v1::ResumeReportScheduleRequest>(session, ScheduleName(args.name)));
}

}  // namespace puente::cli
