#include "cli/report_commands.h"

#include "cli/command_tree.h"

namespace puente::cli {
namespace {

void AddSchedules(CLI::App& report, Chosen& chosen) {
  ScheduleArgs& args = chosen.report_schedule;
  CLI::App& schedule = AddGroup(report, "schedule", "When reports are asked for by themselves");
  Add(schedule, "list", "The schedules, and when each asks next", chosen, &ScheduleList);
  const auto add_named = [&](const char* name, const char* about, auto command) {
    CLI::App* added = Add(schedule, name, about, chosen,
                          [&args, command](Session& session) { return command(session, args); });
    added->add_option("schedule", args.name, "Schedule, by its id")->required();
    return added;
  };
  CLI::App* add = add_named("add", "Ask for a report again and again, in your name", &ScheduleAdd);
  add->add_option("definition", args.definition, "What it says, by the definition's id")
      ->required();
  add->add_option("--every", args.every, "How often")
      ->required()
      ->check(CLI::IsMember({"week", "month", "quarter", "year"}))
      ->type_name("TIME");
  add->add_option("--day", args.day, "Day of the month, or of the week (1 is Monday)")
      ->capture_default_str()
      ->type_name("N");
  add->add_option("--month", args.month, "Month of the quarter, 1 to 3, or of the year, 1 to 12")
      ->type_name("N");
  add->add_option("--hour", args.hour, "Hour, 0 to 23, in Mexico City")
      ->capture_default_str()
      ->type_name("N");
  add->add_option("--from", args.from, "First day; default: at once")->type_name("YYYY-MM-DD");
  add->add_option("--to", args.to, "Last day; default: without end")->type_name("YYYY-MM-DD");
  add->add_option("--embargo-days", args.embargo_days,
                  "Days before which a report is not published")
      ->type_name("N");
  add->add_option("--record-kind", args.record_kind,
                  "Whether reports are asked for in earnest; what their figures are, files say")
      ->capture_default_str()
      ->check(CLI::IsMember({"real", "generated"}))
      ->type_name("KIND");
  add_named("pause", "Ask for no more reports until it is resumed", &SchedulePause)
      ->add_option("--reason", args.reason, "Why; whoever reads the schedule reads it")
      ->type_name("TEXT");
  add_named("resume", "Ask for reports again, from the next time on", &ScheduleResume);
}

}  // namespace

CLI::App& AddReports(CLI::App& app, Chosen& chosen) {
  ReportArgs& args = chosen.report;
  CLI::App& report = AddGroup(app, "report", "Inter-ministry reports, the same for everybody");
  const auto add = [&](const char* name, const char* about, auto command) {
    return Add(report, name, about, chosen,
               [&args, command](Session& session) { return command(session, args); });
  };
  const auto add_named = [&](const char* name, const char* about, auto command) {
    CLI::App* added = add(name, about, command);
    added->add_option("report", args.name, "Report, by its id")->required();
    return added;
  };
  CLI::App* list = add("list", "The reports, the last ones first", &ReportList);
  list->add_option("--state", args.state, "Only those in this state")
      ->check(CLI::IsMember({"queued", "reading", "drafted", "approved", "published", "cancelled",
                             "failed", "withdrawn"}))
      ->type_name("STATE");
  list->add_option("--definition", args.definition, "Only those of this definition")
      ->type_name("ID");
  Add(report, "definitions", "What reports there can be", chosen, &ReportDefinitions);
  CLI::App* run = add("run", "Ask for a report, and watch until it is drafted", &ReportRun);
  run->add_option("definition", args.definition, "What it says, by the definition's id")
      ->required();
  run->add_option("--id", args.name, "Its id; default: the definition's and today's date")
      ->type_name("ID");
  run->add_option("--embargo", args.embargo, "First day on which it may be published")
      ->type_name("YYYY-MM-DD");
  run->add_option("--snapshot-of", args.snapshot_of,
                  "Report by whose extracts it is made; default: agencies are asked anew")
      ->type_name("ID");
  run->add_option("--record-kind", args.record_kind,
                  "Whether it is asked for in earnest; what its figures are, its files say")
      ->capture_default_str()
      ->check(CLI::IsMember({"real", "generated"}))
      ->type_name("KIND");
  add_named("watch", "How far a report is, until it is drafted", &ReportWatch);
  add_named("show", "What a report is, what it rests on, and its files", &ReportShow);
  add_named("cancel", "Give up a report that is being made", &ReportCancel);
  add_named("approve", "Approve a draft, as another actor than who asked for it", &ReportApprove);
  add_named("publish", "Publish an approved report", &ReportPublish);
  add_named("withdraw", "Withdraw a report", &ReportWithdraw)
      ->add_option("--reason", args.reason, "Why; everybody reads it")
      ->required()
      ->type_name("TEXT");
  add_named("rerun", "Make a report's files again, and say whether they are the same",
            &ReportRerun);
  CLI::App* open = add_named("open", "Write a report's files into a folder", &ReportOpen);
  open->add_option("--to", args.folder, "Folder that is made; default: the report's id")
      ->type_name("FOLDER");
  open->add_flag("--bom", args.bom,
                 "Begin CSV files with a byte order mark, by which Excel knows UTF-8");
  AddSchedules(report, chosen);
  return report;
}

}  // namespace puente::cli
