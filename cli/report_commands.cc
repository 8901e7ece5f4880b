#include "cli/report_commands.h"

#include "cli/command_tree.h"

namespace puente::cli {

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
  add_named("open", "Write a report's files into a folder", &ReportOpen)
      ->add_option("--to", args.folder, "Folder that is made; default: the report's id")
      ->type_name("FOLDER");
  return report;
}

}  // namespace puente::cli
