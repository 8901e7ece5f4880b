#include "cli/app.h"

#include <re2/re2.h>

#include <CLI/CLI.hpp>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "cli/command_tree.h"
#include "cli/help/formatter.h"
#include "cli/help/usage_errors.h"
#include "common/context/version.h"

namespace puente::cli {
namespace {

constexpr char kAbout[] =
    "puente: asks the federation of Education, Economy, Labor and Science.\n"
    "Tables by default; --format json is protobuf's JSON mapping.";
constexpr char kExitCodes[] =
    "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a file has rows not loaded.";

// The options as they were written, before they are checked.
struct Written {
  Options options;
  std::string format = "table";
  std::string language;
  double timeout = 0;
};

void AddGlobals(CLI::App& app, Written& written) {
  Options& options = written.options;
  // What goes with a call beside its request: gRPC ends a program that gives it anything else.
  const CLI::Validator ascii(
      [](const std::string& text) {
        return std::string(absl::c_all_of(text, absl::ascii_isprint) ? "" : "not ASCII");
      },
      "");
  const CLI::Validator uuid(
      [](const std::string& text) {
        static const LazyRE2 kForm = {"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"};
        return std::string(RE2::FullMatch(text, *kForm) ? "" : "not a UUID");
      },
      "");
  app.add_option("--federation", options.federation,
                 "Where servers and certificates are; default: the nearest var/federation.json, or "
                 "/etc/puente/federation.json")
      ->envname("PUENTE_FEDERATION")
      ->type_name("FILE");
  app.add_option("--as", options.caller,
                 "Caller, such as council/cce; default: the usual one of the command")
      ->type_name("CALLER");
  app.add_option("--actor", options.actor,
                 "Person who acts for the caller, as the registry of principals names it")
      ->check(ascii)
      ->type_name("ID");
  app.add_option("--purpose", options.purpose, "Why, such as statistics; some reads need it")
      ->check(ascii)
      ->type_name("PURPOSE");
  app.add_option("--request-id", options.request_id,
                 "Of a change whose answer was lost, as the error told it: it is not made twice")
      ->check(uuid)
      ->type_name("UUID");
  app.add_option("--format", written.format, "How to print: table is for people")
      ->capture_default_str()
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->type_name("FORMAT");
  app.add_option("--lang", written.language, "es or en; default: by LANG")
      ->check(CLI::IsMember({"es", "en"}))
      ->type_name("LANGUAGE");
  app.add_flag("--plain", options.plain,
               "No colours, box characters or progress; always so in a pipe");
  app.add_flag("--explain", options.explain,
               "Print the call as a buf curl command instead of making it");
  app.add_option("--timeout", written.timeout,
                 "Seconds that a call may take; default: 2 for views, 10 for others, none for "
                 "uploads")
      ->check(CLI::Range(0.001, 86400.0))
      ->type_name("SECONDS");
}

void AddViews(CLI::App& app, Chosen& chosen) {
  CLI::App& council = AddGroup(app, "council", "What the Business Coordinating Council asks");
  CLI::App* overview =
      Add(council, "overview", "Need, teaching, jobs and technology side by side", chosen,
          [&](Session& session) { return CouncilOverview(session, chosen.overview); });
  overview->add_option("--sector", chosen.overview.sector, "Sector table, such as automotive")
      ->type_name("ID");
  overview->add_option("--state", chosen.overview.state, "State, by INEGI code or name")
      ->type_name("CODE|NAME");
  CLI::App* gaps = Add(council, "gaps", "People needed and seats taught, skill by skill", chosen,
                       [&](Session& session) { return CouncilGaps(session, chosen.gaps); });
  gaps->add_option("--sector", chosen.gaps.sector, "Sector table, such as automotive")
      ->type_name("ID");
  gaps->add_option("--state", chosen.gaps.state, "State, by INEGI code or name")
      ->type_name("CODE|NAME");
  gaps->add_option("--period", chosen.gaps.period,
                   "School cycle of the seats, such as 2026-2027; default: that of today")
      ->type_name("CYCLE");
  gaps->add_flag("--transversal", chosen.gaps.transversal,
                 "Only skills that are needed in most sector tables with demand");
  CLI::App* trace = Add(council, "trace", "What came of a need, step by step", chosen,
                        [&](Session& session) { return CouncilTrace(session, chosen.trace); });
  trace
      ->add_option("--statement", chosen.trace.statement,
                   "Demand statement, companies/ID/demandStatements/ID, by whoever may read it")
      ->type_name("NAME");
  trace->add_option("--skill", chosen.trace.skill, "Skill, such as welding-tig")->type_name("ID");
  trace->add_option("--sector", chosen.trace.sector, "With a skill: sector table")->type_name("ID");
  trace->add_option("--state", chosen.trace.state, "With a skill: state, by INEGI code or name")
      ->type_name("CODE|NAME");
  CLI::App* places =
      Add(council, "places", "What is released of training places: offered, taken, done", chosen,
          [&](Session& session) { return CouncilPlaces(session, chosen.place_figures); });
  auto* states = places->add_option("--state", chosen.place_figures.states,
                                    "States, by INEGI code or name; default: the whole country");
  states->type_name("CODE|NAME");
  places->add_flag("--by-state", chosen.place_figures.by_state, "All 32, a line each")
      ->excludes(states);
  places
      ->add_option("--sector", chosen.place_figures.sector,
                   "Sector of SCIAN, two digits, or 31-33 and 48-49; default: all")
      ->type_name("SECTOR");
  Add(council, "sectors", "The sector tables, to choose one", chosen, &CouncilSectors);
  Add(council, "agreements", "What sector tables have agreed on", chosen,
      [&](Session& session) { return CouncilAgreements(session, chosen.line); })
      ->add_option("--state", chosen.line.state, "Such as overdue; default: all")
      ->type_name("STATE");
  Add(council, "proposals", "What has been proposed", chosen,
      [&](Session& session) { return CouncilProposals(session, chosen.line); })
      ->add_option("--state", chosen.line.state, "Such as adopted; default: all")
      ->type_name("STATE");
  Add(council, "chains", "The value chains, to choose one", chosen, &CouncilChains);
  CLI::App* chain_gaps =
      Add(council, "chain-gaps", "What each stage of a value chain needs, and who teaches it",
          chosen, [&](Session& session) { return CouncilChainGaps(session, chosen.chain); });
  chain_gaps->add_option("chain", chosen.chain.chain, "Value chain, by its id")->required();
  chain_gaps->add_option("--state", chosen.chain.state, "State, by INEGI code or name")
      ->type_name("CODE|NAME");
  AddFeasible(council, chosen);

  CLI::App& certify = AddGroup(app, "certify", "What certification bodies ask");
  CLI::App* dossier =
      Add(certify, "dossier", "The evidence about a version of a microcredential", chosen,
          [&](Session& session) { return CertifyDossier(session, chosen.name); });
  dossier->add_option("name", chosen.name, "ID/NUMBER or microcredentials/ID/versions/NUMBER")
      ->required();
  Add(certify, "list", "The versions of all microcredentials, to choose one", chosen, &CertifyList);
  Add(certify, "queue", "What waits for the calling body, the oldest first", chosen, &CertifyQueue);
  AddCertification(certify, chosen);
  AddSchool(app, chosen);
  AddAwards(app, chosen);
  AddCompany(app, chosen);
  AddVerify(AddReports(app, chosen), chosen);
  Add(app, "agenda", "What waits for the caller", chosen, &ShowAgenda);
}

void AddLoading(CLI::App& labor, Chosen& chosen) {
  CLI::App* load =
      Add(labor, "load-vacancies", "Load a file of vacancies (- reads the standard input)", chosen,
          [&](Session& session) { return LoadVacancies(session, chosen.load); });
  load->add_option("file", chosen.load.file, "CSV file in UTF-8")->required();
  load->add_option("--source", chosen.load.source,
                   "Where the records come from, part of their ids; default: the supplier's first "
                   "one in the registry of principals")
      ->type_name("NAME");
  load->add_option("--profile", chosen.load.profile, "Layout of the file")
      ->capture_default_str()
      ->type_name("NAME");
  load->add_option("--record-kind", chosen.load.record_kind,
                   "real or generated, where the agency loads; of a supplier's records the "
                   "registry of principals says it")
      ->capture_default_str()
      ->check(CLI::IsMember({"real", "generated"}))
      ->type_name("KIND");
  CLI::Option* check =
      load->add_flag("--check", chosen.load.validate_only, "Only check the file; store nothing");
  load->add_flag("--strict", chosen.load.strict,
                 "Check the whole file first; store nothing unless every row is good")
      ->excludes(check);
}

void AddOccupations(CLI::App& labor, Chosen& chosen) {
  CLI::App* load =
      Add(labor, "load-occupations",
          "Load O*NET's occupations and their tools as a release of the vocabulary", chosen,
          [&](Session& session) { return LoadOccupations(session, chosen.occupations); });
  load->add_option("folder", chosen.occupations.folder,
                   "Folder with \"Occupation Data.txt\" and \"Technology Skills.txt\"")
      ->required();
  load->add_option("--release", chosen.occupations.release,
                   "Id of the release, such as onet-2025; drafted if it is not there")
      ->required()
      ->type_name("ID");
  load->add_option("--version-label", chosen.occupations.version_label,
                   "The release as O*NET calls it")
      ->required()
      ->type_name("TEXT");
  load->add_option("--origin", chosen.occupations.origin, "Where the files were taken from")
      ->type_name("TEXT");
  load->add_option("--licence", chosen.occupations.licence, "Licence and attribution")
      ->type_name("TEXT");
  load->add_flag("--publish", chosen.occupations.publish,
                 "Publish it when all rows are in; from then on it never changes");
}

void AddFigures(CLI::App& labor, Chosen& chosen) {
  CLI::App* figures =
      Add(labor, "figures", "What is offered, and what of it is open today", chosen,
          [&](Session& session) { return VacancyFigures(session, chosen.figures); });
  figures->add_option("--state", chosen.figures.state, "State, by INEGI code or name")
      ->type_name("CODE|NAME");
  figures
      ->add_option("--scian", chosen.figures.prefixes, "SCIAN classes that begin so, such as 336")
      ->type_name("PREFIX");
  figures->add_option("--source", chosen.figures.sources, "Sources of the vacancies")
      ->type_name("NAME");
  figures->add_option("--from", chosen.figures.first_month, "First month, such as 2020-08")
      ->type_name("MONTH");
  figures->add_option("--to", chosen.figures.last_month, "Last month, itself included")
      ->type_name("MONTH");
}

void AddOfferTerms(CLI::App& labor, Chosen& chosen) {
  Add(labor, "terms", "How long offers stay open, by source", chosen, &OfferTerms);
  CLI::App* term = Add(labor, "term", "State how long the offers of a source stay open", chosen,
                       [&](Session& session) { return SetOfferTerm(session, chosen.term); });
  term->add_option("source", chosen.term.source, "Of the vacancies, such as portal-del-empleo")
      ->required();
  term->add_option("--open", chosen.term.open, "until-closed, never, or a number of days")
      ->required()
      ->type_name("TERM");
  term->add_option("--basis", chosen.term.basis, "What it rests on, in words")
      ->required()
      ->type_name("TEXT");
  term->add_option("--from", chosen.term.from, "First day, such as 2026-01-31; default: today")
      ->type_name("DAY");
  term->add_option("--record-kind", chosen.term.record_kind,
                   "Whether the source's offers are facts")
      ->capture_default_str()
      ->check(CLI::IsMember({"real", "generated"}))
      ->type_name("KIND");
}

void AddLabor(CLI::App& app, Chosen& chosen) {
  CLI::App& labor = AddGroup(app, "labor", "Vacancies and their quality, occupations");
  AddLoading(labor, chosen);
  AddOccupations(labor, chosen);
  AddFigures(labor, chosen);
  AddOfferTerms(labor, chosen);
  Add(labor, "loads", "The files of vacancies that were loaded", chosen, &VacancyLoads);
  Add(labor, "take-back", "Take a load back: close its vacancies", chosen,
      [&](Session& session) { return TakeBackLoad(session, chosen.name); })
      ->add_option("load", chosen.name, "ID or vacancyLoads/ID")
      ->required();
  CLI::App* list = Add(labor, "vacancies", "The vacancies behind a figure of the overview", chosen,
                       [&](Session& session) { return ListVacancies(session, chosen.list); });
  list->add_option("--sector", chosen.list.sector, "Sector table, such as automotive")
      ->type_name("ID");
  list->add_option("--state", chosen.list.state, "State, by INEGI code or name")
      ->type_name("CODE|NAME");
  list->add_option("--verdict", chosen.list.verdict, "passed, failed or unknown")
      ->check(CLI::IsMember({"passed", "failed", "unknown"}))
      ->type_name("VERDICT");
  list->add_option("--limit", chosen.list.limit, "How many to show")
      ->capture_default_str()
      ->check(CLI::Range(int64_t{1}, int64_t{100000000}))
      ->type_name("N");
  list->add_flag("--all", chosen.list.all, "Show all");
  Add(labor, "explain", "Why a vacancy has its verdict: values, bounds and sources", chosen,
      [&](Session& session) { return ExplainVacancy(session, chosen.name); })
      ->add_option("vacancy", chosen.name, "ID or vacancies/ID")
      ->required();
  Add(labor, "dual-agreements", "Agreements on dual education, read for a --purpose", chosen,
      [&](Session& session) { return LaborDualAgreements(session, chosen.dual); })
      ->add_option("--company", chosen.dual.with, "Of one company, such as acme")
      ->type_name("ID");
  CLI::App* close = Add(labor, "close", "Close a vacancy", chosen, [&](Session& session) {
    return CloseVacancy(session, chosen.name, chosen.reason);
  });
  close->add_option("vacancy", chosen.name, "ID or vacancies/ID")->required();
  close->add_option("--reason", chosen.reason, "filled, withdrawn or expired")
      ->required()
      ->check(CLI::IsMember({"filled", "withdrawn", "expired"}))
      ->type_name("REASON");
}

void AddFiles(CLI::App& app, Chosen& chosen) {
  LoadFileArgs& args = chosen.file;
  CLI::App* load = Add(app, "load", "Load a file of an agency's records, row by row", chosen,
                       [&](Session& session) { return LoadFile(session, args); });
  load->footer(
      "Bundled layouts, each explained in its file in data/AGENCY/profiles:\n"
      "  education  planteles-con-institucion, programas-con-resultados (Puente's own),\n"
      "             puente-learners, puente-enrolments, puente-assessments,\n"
      "             puente-awards, puente-bookings, puente-hours,\n"
      "             puente-placement-requests (Puente's own),\n"
      "             sep-centros-de-trabajo, conocer-renec\n"
      "  economy    inegi-ageeml, inegi-denue, puente-training-places (Puente's own)\n"
      "Those of SEP, CONOCER and INEGI are from published descriptions, not from real\n"
      "files: where a column differs, the load says which; correct a copy of the\n"
      "layout. With --format csv it prints what became of each row, with the name of\n"
      "its record: by the row's number a school joins the learners that Puente has\n"
      "named to its own file.");
  load->add_option("agency", args.server, "Whose records they are, such as education")
      ->required()
      ->check(CLI::IsMember(Agencies()));
  load->add_option("file", args.file, "CSV file in UTF-8 (- reads the standard input)")->required();
  load->add_option("--profile", args.profile, "Layout of the file")->required()->type_name("NAME");
  load->add_option("--parent", args.parent,
                   "What the records are put below where no column says it, such as "
                   "organizations/conalep")
      ->type_name("NAME");
  load->add_option("--source", args.source,
                   "Where the records come from; default: the caller's first one in the registry "
                   "of principals")
      ->type_name("NAME");
  load->add_option("--record-kind", args.record_kind,
                   "real or generated, where the agency loads; of others' records the registry of "
                   "principals says it")
      ->capture_default_str()
      ->check(CLI::IsMember({"real", "generated"}))
      ->type_name("KIND");
  load->add_flag("--check", args.validate_only, "Only check the file; store nothing");
  CLI::App* loads = Add(app, "loads", "The files that were loaded, or what became of each row",
                        chosen, [&](Session& session) { return Loads(session, chosen.loads); });
  loads->add_option("agency", chosen.loads.server, "Whose records they were, such as education")
      ->required()
      ->check(CLI::IsMember(Agencies()));
  loads->add_option("load", chosen.loads.load, "ID or loads/ID: the rows of that one");
  loads->add_flag("--refused", chosen.loads.refused_only, "Only rows that were refused");
}

void AddConsole(CLI::App& app, Chosen& chosen) {
  CLI::App* console =
      Add(app, "console", "Pages to look and act, in a browser of this machine", chosen,
          [&](Session& session) { return Console(session, chosen.console); });
  console->add_option("--port", chosen.console.port, "Of 127.0.0.1; default: a free one")
      ->check(CLI::Range(0, 65535))
      ->type_name("N");
  console->add_flag("!--no-browser", chosen.console.browser, "Only print the link");
  console->add_option("--pages", chosen.console.pages, "Folder of pages, for who works on them")
      ->check(CLI::ExistingDirectory)
      ->type_name("DIR");
}

void AddOperation(CLI::App& app, Chosen& chosen) {
  Add(app, "status", "Which servers are up, their versions and how many records they hold", chosen,
      &Status);
  Add(app, "whoami", "Who I am to each server, and what I may call", chosen, &WhoAmI);
  AddJournal(app, chosen);
  Add(app, "load-data", "Send a folder of bundled data to its owners", chosen,
      [&](Session& session) { return LoadData(session, chosen.name); })
      ->add_option("folder", chosen.name, "Folder with labor/, economy/, education/, science/")
      ->required();
  CLI::App* count = Add(app, "count", "Set which kind of an agency's records its figures count",
                        chosen, [&](Session& session) { return Count(session, chosen.count); });
  count->add_option("agency", chosen.count.server, "Such as labor")
      ->required()
      ->check(CLI::IsMember(Agencies()));
  count->add_option("collection", chosen.count.collection, "As in puente status, such as vacancies")
      ->required();
  count->add_option("--kind", chosen.count.record_kind, "real or generated")
      ->required()
      ->check(CLI::IsMember({"real", "generated"}))
      ->type_name("KIND");
  count->add_option("--from", chosen.count.from, "First day, such as 2026-01-31; default: today")
      ->type_name("DAY");
  CLI::App* call = Add(app, "call", "Call any unary method and print its answer as JSON", chosen,
                       [&](Session& session) {
                         return CallMethod(session, chosen.name, chosen.json, chosen.server);
                       });
  call->add_option("method", chosen.name,
                   "SERVICE/METHOD, such as puente.labor.v1.SkillService/ListSkills")
      ->required();
  call->add_option("request", chosen.json, "The request in protobuf's JSON")->capture_default_str();
  call->add_option("--server", chosen.server, "For services that all servers have: which one")
      ->check(CLI::IsMember(Servers()))
      ->type_name("SERVER");
  Add(app, "describe", "What a method does, takes and answers, and who may call it", chosen,
      [&](Session& session) { return DescribeMethod(session, chosen.name); })
      ->add_option("method", chosen.name,
                   "SERVICE/METHOD, such as puente.labor.v1.SkillService/ListSkills")
      ->required();
}

}  // namespace

void AddCommands(CLI::App& app, Chosen& chosen) {
  AddViews(app, chosen);
  AddLabor(app, chosen);
  AddFiles(app, chosen);
  AddConsole(app, chosen);
  AddOperation(app, chosen);
}

ExitCode Run(int argc, const char* const* argv, bool terminal, std::ostream& out,
             std::ostream& err) {
  Written written;
  Options& options = written.options;
  options.language = help::LanguageOf(argc, argv);
  CLI::App app(kAbout, "puente");
  help::Install(app, options.language);
  app.footer(kExitCodes);
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(VersionWithCommit()));
  Chosen chosen;
  AddGlobals(app, written);
  AddCommands(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Whoever asks for help or the version is told by the parser.
    if (error.get_exit_code() == kOk) {
      app.exit(error, out, err);
      return Session(options, out, err).Finish(kOk);
    }
    const help::UsageError told = help::Explain(app, error, options.language);
    return Session(options, out, err).Fail(kUsage, told.text, told.remedy);
  }
  options.format = written.format == "json"  ? Format::kJson
                   : written.format == "csv" ? Format::kCsv
                                             : Format::kTable;
  // The console is Spanish wherever it runs.
  if (written.language == "en") chosen.console.language = Language::kEnglish;
  options.plain = options.plain || !terminal;
  if (written.timeout > 0) options.timeout = absl::Seconds(written.timeout);
  Session session(options, out, err);
  return session.Finish(chosen.command(session));
}

}  // namespace puente::cli
