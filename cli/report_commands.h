// Inter-ministry reports: what offices do between a definition and its files.
#pragma once

#include <string>

#include "cli/options.h"
#include "cli/session.h"

namespace puente::cli {

struct ReportArgs {
  std::string name;                  // "awards-2026-q3" or "reports/awards-2026-q3"
  std::string definition;            // "awards" or "reportDefinitions/awards"
  std::string state;                 // "" for all, else such as "published"
  std::string embargo;               // "2026-12-01"
  std::string snapshot_of;           // another report's id
  std::string record_kind = "real";  // or "generated"
  std::string reason;
  std::string folder;
  bool bom = false;  // before CSV files
};
// The reports, and the definitions of which there can be some.
ExitCode ReportList(Session& session, const ReportArgs& args);
ExitCode ReportDefinitions(Session& session);
// Asks for one, and says how far it is until it is drafted.
ExitCode ReportRun(Session& session, const ReportArgs& args);
ExitCode ReportWatch(Session& session, const ReportArgs& args);
ExitCode ReportShow(Session& session, const ReportArgs& args);
ExitCode ReportCancel(Session& session, const ReportArgs& args);
ExitCode ReportApprove(Session& session, const ReportArgs& args);
ExitCode ReportPublish(Session& session, const ReportArgs& args);
ExitCode ReportWithdraw(Session& session, const ReportArgs& args);
// Makes its files again; fails where they are not the same.
ExitCode ReportRerun(Session& session, const ReportArgs& args);
// Writes its files into a folder.
ExitCode ReportOpen(Session& session, const ReportArgs& args);

struct ScheduleArgs {
  std::string name;        // "awards-monthly" or "reportSchedules/awards-monthly"
  std::string definition;  // "awards" or "reportDefinitions/awards"
  std::string every;       // "month"
  int month = 0;
  int day = 1;
  int hour = 0;
  std::string from, to;  // "2026-12-01"
  int embargo_days = 0;
  std::string record_kind = "real";  // or "generated"
  std::string reason;
};
// When reports are asked for by themselves.
ExitCode ScheduleList(Session& session);
ExitCode ScheduleAdd(Session& session, const ScheduleArgs& args);
ExitCode SchedulePause(Session& session, const ScheduleArgs& args);
ExitCode ScheduleResume(Session& session, const ScheduleArgs& args);

}  // namespace puente::cli
