// Inter-ministry reports.
#include <cerrno>
#include <filesystem>
#include <map>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/new_folder.h"
#include "cli/report_commands.h"
#include "cli/report_folder.h"
#include "cli/report_tables.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/status/error.h"
#include "puente/gateway/v1/report.pb.h"
#include "puente/gateway/v1/report_definition.pb.h"

namespace puente::cli {
namespace {

using gateway::v1::Report;

#define PUENTE_REPORTS "puente.gateway.v1.ReportService/"
constexpr char kList[] = PUENTE_REPORTS "ListReports";
constexpr char kListDefinitions[] =
    "puente.gateway.v1.ReportDefinitionService/ListReportDefinitions";
constexpr char kCreate[] = PUENTE_REPORTS "CreateReport";
constexpr char kGet[] = PUENTE_REPORTS "GetReport";
constexpr char kCancel[] = PUENTE_REPORTS "CancelReport";
constexpr char kApprove[] = PUENTE_REPORTS "ApproveReport";
constexpr char kPublish[] = PUENTE_REPORTS "PublishReport";
constexpr char kWithdraw[] = PUENTE_REPORTS "WithdrawReport";
constexpr char kRerun[] = PUENTE_REPORTS "RerunReport";
constexpr char kExportFile[] = PUENTE_REPORTS "ExportReportFile";
#undef PUENTE_REPORTS
constexpr int kPage = 1000;
constexpr absl::Duration kLookAgain = absl::Milliseconds(200);
// As whom reports are asked for and approved unless --as says otherwise, and who reads them.
constexpr char kMaker[] = "agency/education";
constexpr char kApprover[] = "agency/labor";
constexpr char kReader[] = "council/cce";

constexpr Label kNoReports{"there are no reports", "no hay informes"};
constexpr Label kNoDefinitions{"there are no definitions of reports",
                               "no hay definiciones de informes"};
constexpr Label kSame{"the same files, to the byte", "los mismos archivos, byte por byte"};
constexpr Label kDifferent{"not the same: ", "no es igual: "};
constexpr Label kThere{"this folder is there already: ", "esta carpeta ya existe: "};
constexpr Label kChooseAnother{"choose another with --to", "elija otra con --to"};
constexpr Label kNotWritten{"could not be written: ", "no se pudo escribir: "};
constexpr Label kFolderIs{"the folder must be in one that you may write to, on a disk with room",
                          "la carpeta debe estar en una donde pueda escribir, en un disco con "
                          "espacio"};
constexpr Label kFull{"the disk is full", "el disco está lleno"};
constexpr Label kMayNot{"you may not write there", "no puede escribir ahí"};
constexpr Label kNoParent{"there is no folder for it to be in",
                          "no existe la carpeta donde estaría"};
constexpr Label kNoFiles{"it has no files: ", "no tiene archivos: "};
constexpr Label kWaitForDraft{"wait until it is drafted: puente report watch ID",
                              "espere a que haya borrador: puente report watch ID"};
constexpr Label kBadPath{"the report names a file that no folder takes: ",
                         "el informe nombra un archivo que no cabe en una carpeta: "};
constexpr Label kAltered{"did not arrive as the report says that it is: ",
                         "no llegó como el informe dice que es: "};
constexpr Label kTryAgain{"open it again", "ábralo de nuevo"};

std::string ReportName(const std::string& written) {
  return absl::StrCat("reports/", LastId(written));
}
std::string DefinitionName(const std::string& written) {
  return absl::StrCat("reportDefinitions/", LastId(written));
}

bool IsBeingMade(const Report& report) {
  return report.state() == gateway::v1::REPORT_STATE_QUEUED ||
         report.state() == gateway::v1::REPORT_STATE_READING;
}

// Says what changes until the report is made, or is not.
ExitCode Watch(Session& session, Report report) {
  std::map<std::string, std::string> told;  // by agency
  gateway::v1::GetReportRequest request;
  request.set_name(report.name());
  const bool tells = session.options().format == Format::kTable;
  while (true) {
    for (const auto& extract : report.extracts()) {
      const std::string text = ProgressText(session.language(), extract);
      std::string& last = told[extract.agency()];
      if (!tells || last == text) continue;
      session.err() << text << "\n";
      last = text;
    }
    if (!IsBeingMade(report)) break;
    absl::SleepFor(kLookAgain);
    if (!session.Call("gateway", kGet, request, &report)) return kFailure;
  }
  const bool failed = report.state() == gateway::v1::REPORT_STATE_FAILED ||
                      report.state() == gateway::v1::REPORT_STATE_CANCELLED;
  if (!session.PrintForPrograms(report)) {
    Printer printer = session.printer();
    Print(printer, report);
  }
  return failed ? kFailure : kOk;
}

ExitCode PrintReport(Session& session, const Report& report) {
  if (session.PrintForPrograms(report)) return kOk;
  session.out() << report.name() << ": " << session.Say(LabelOf(report.state())) << "\n";
  return kOk;
}

template <class Request>
ExitCode Do(Session& session, const char* method, const Request& request) {
  if (session.Explains("gateway", method, request)) return kOk;
  Report report;
  if (!session.Call("gateway", method, request, &report)) return kFailure;
  return PrintReport(session, report);
}

// A name without a folder: what servers say is not trusted with a place.
bool IsName(const std::string& path) {
  return !path.empty() && path != "." && path != ".." &&
         path.find_first_of(std::string("/\\\0", 3)) == path.npos;
}

// Why the system did not take something, in the caller's language where it is what happens to
// people.
std::string WhyNot(Session& session, const std::error_code& error) {
  if (error == std::errc::no_space_on_device || error.value() == EDQUOT) {
    return session.Say(kFull);
  }
  if (error == std::errc::permission_denied || error == std::errc::operation_not_permitted ||
      error == std::errc::read_only_file_system) {
    return session.Say(kMayNot);
  }
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
    return session.Say(kNoParent);
  }
  return error.message();
}

ExitCode Unwritten(Session& session, const std::string& folder, const std::error_code& why) {
  return session.Fail(kFailure,
                      absl::StrCat(session.Say(kNotWritten), folder, ": ", WhyNot(session, why)),
                      session.Say(kFolderIs));
}

// Writes a file as it comes. One that tells also what was withdrawn since is left out, and that is
// said.
enum class Fetched { kWhole, kLeftOut, kNot };
Fetched Fetch(Session& session, const Report& report, const gateway::v1::ReportFile& file,
              const ReportArgs& args, const std::string& folder, NewFolder& made) {
  gateway::v1::ExportReportFileRequest request;
  request.set_name(report.name());
  request.set_path(file.path());
  gateway::v1::ExportReportFileResponse response;
  std::error_code error = made.BeginFile(file.path());
  if (!error && args.bom && absl::StartsWith(file.media_type(), "text/csv")) {
    error = made.Write(kByteOrderMark);
  }
  crypto::Sha256Stream digest;
  const absl::Duration timeout = session.TimeoutOr(kStreamTimeout);
  const absl::Status status =
      session.client().Stream("gateway", kExportFile, request, response, timeout, [&] {
        digest.Add(response.content());
        if (!error) error = made.Write(response.content());
      });
  if (error) {
    Unwritten(session, folder, error);
    return Fetched::kNot;
  }
  if (!status.ok()) {
    session.PrintError(status, session.client(), "gateway", timeout);
    if (Reason(status) != "REPORT_CHANGES_WITHDRAWN") return Fetched::kNot;
    made.DropFile();
    return Fetched::kLeftOut;
  }
  if (absl::BytesToHexString(digest.Digest()) == file.sha256()) return Fetched::kWhole;
  session.Fail(kFailure, absl::StrCat(session.Say(kAltered), file.path()), session.Say(kTryAgain));
  return Fetched::kNot;
}

ExitCode WriteFiles(Session& session, const Report& report, const ReportArgs& args,
                    const std::string& folder) {
  NewFolder made(folder);
  std::vector<std::string> written;
  if (const std::error_code error = made.Begin()) return Unwritten(session, folder, error);
  for (const auto& file : report.files()) {
    if (!IsName(file.path())) {
      return session.Fail(kFailure, absl::StrCat(session.Say(kBadPath), file.path()));
    }
    const Fetched fetched = Fetch(session, report, file, args, folder, made);
    if (fetched == Fetched::kNot) return kFailure;
    if (fetched == Fetched::kWhole) written.push_back(file.path());
  }
  if (const std::error_code error = made.Finish()) return Unwritten(session, folder, error);
  for (const std::string& path : written) {
    session.out() << (std::filesystem::path(folder) / path).string() << "\n";
  }
  return kOk;
}

}  // namespace

ExitCode ReportList(Session& session, const ReportArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  gateway::v1::ListReportsRequest request;
  request.set_page_size(kPage);
  std::vector<std::string> terms;
  if (!args.state.empty()) {
    terms.push_back(absl::StrCat("state = ", absl::AsciiStrToUpper(args.state)));
  }
  if (!args.definition.empty()) {
    terms.push_back(absl::StrCat("report_definition = \"", DefinitionName(args.definition), "\""));
  }
  request.set_filter(absl::StrJoin(terms, " AND "));
  return session.List<gateway::v1::ListReportsResponse>(
      "gateway", kList, request, kNoReports, [&](const gateway::v1::ListReportsResponse& all) {
        return TableOfReports(session.language(), all.reports());
      });
}

ExitCode ReportDefinitions(Session& session) {
  if (const ExitCode code = session.Open(kReader); code != kOk) return code;
  gateway::v1::ListReportDefinitionsRequest request;
  request.set_page_size(kPage);
  return session.List<gateway::v1::ListReportDefinitionsResponse>(
      "gateway", kListDefinitions, request, kNoDefinitions,
      [&](const gateway::v1::ListReportDefinitionsResponse& all) {
        return TableOfDefinitions(session.language(), all.report_definitions());
      });
}

ExitCode ReportRun(Session& session, const ReportArgs& args) {
  gateway::v1::CreateReportRequest request;
  const std::string definition = LastId(args.definition);
  request.set_report_id(
      args.name.empty()
          ? absl::StrCat(definition, "-", absl::FormatCivilTime(LegalDay(absl::Now())))
          : LastId(args.name));
  request.set_request_id(session.request_id());
  request.mutable_report()->set_report_definition(DefinitionName(definition));
  if (!args.embargo.empty()) {
    absl::CivilDay day;
    if (!ReadDay(session, args.embargo, day)) return kUsage;
    *request.mutable_report()->mutable_embargo_time() = ToProto(StartOf(day));
  }
  if (!args.snapshot_of.empty()) {
    request.mutable_report()->set_snapshot_of(ReportName(args.snapshot_of));
  }
  request.mutable_report()->set_record_kind(args.record_kind == "generated"
                                                ? type::v1::RECORD_KIND_GENERATED
                                                : type::v1::RECORD_KIND_REAL);
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  request.mutable_report()->set_source(LastId(session.client().channels().caller()));
  if (session.Explains("gateway", kCreate, request)) return kOk;
  Report report;
  if (!session.Call("gateway", kCreate, request, &report)) return kFailure;
  return Watch(session, std::move(report));
}

ExitCode ReportWatch(Session& session, const ReportArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  gateway::v1::GetReportRequest request;
  request.set_name(ReportName(args.name));
  if (session.Explains("gateway", kGet, request)) return kOk;
  Report report;
  if (!session.Call("gateway", kGet, request, &report)) return kFailure;
  return Watch(session, std::move(report));
}

ExitCode ReportShow(Session& session, const ReportArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  gateway::v1::GetReportRequest request;
  request.set_name(ReportName(args.name));
  if (session.Explains("gateway", kGet, request)) return kOk;
  Report report;
  if (!session.Call("gateway", kGet, request, &report)) return kFailure;
  if (session.PrintForPrograms(report)) return kOk;
  Printer printer = session.printer();
  Print(printer, report);
  return kOk;
}

ExitCode ReportCancel(Session& session, const ReportArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  return Do(session, kCancel,
            About<gateway::v1::CancelReportRequest>(session, ReportName(args.name)));
}

ExitCode ReportApprove(Session& session, const ReportArgs& args) {
  if (const ExitCode code = session.Open(kApprover); code != kOk) return code;
  return Do(session, kApprove,
            About<gateway::v1::ApproveReportRequest>(session, ReportName(args.name)));
}

ExitCode ReportPublish(Session& session, const ReportArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  return Do(session, kPublish,
            About<gateway::v1::PublishReportRequest>(session, ReportName(args.name)));
}

ExitCode ReportWithdraw(Session& session, const ReportArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  auto request = About<gateway::v1::WithdrawReportRequest>(session, ReportName(args.name));
  request.set_reason(args.reason);
  return Do(session, kWithdraw, request);
}

ExitCode ReportRerun(Session& session, const ReportArgs& args) {
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  const auto request = About<gateway::v1::RerunReportRequest>(session, ReportName(args.name));
  if (session.Explains("gateway", kRerun, request)) return kOk;
  gateway::v1::RerunReportResponse rerun;
  if (!session.Call("gateway", kRerun, request, &rerun, kStreamTimeout)) return kFailure;
  const bool same = rerun.outcome() == gateway::v1::RERUN_OUTCOME_SAME;
  if (!session.PrintForPrograms(rerun)) {
    if (same) session.out() << rerun.name() << ": " << session.Say(kSame) << "\n";
    for (const auto& difference : rerun.differences()) {
      session.out() << session.Say(kDifferent) << difference.path() << "\n";
    }
  }
  return same ? kOk : kFailure;
}

ExitCode ReportOpen(Session& session, const ReportArgs& args) {
  const std::string folder = args.folder.empty() ? LastId(args.name) : args.folder;
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(folder, error))) {
    return session.Fail(kUsage, absl::StrCat(session.Say(kThere), folder),
                        session.Say(kChooseAnother));
  }
  if (const ExitCode code = session.Open(kMaker); code != kOk) return code;
  gateway::v1::GetReportRequest request;
  request.set_name(ReportName(args.name));
  if (session.Explains("gateway", kGet, request)) return kOk;
  Report report;
  if (!session.Call("gateway", kGet, request, &report)) return kFailure;
  if (report.files().empty()) {
    return session.Fail(kFailure, absl::StrCat(session.Say(kNoFiles), report.name()),
                        session.Say(kWaitForDraft));
  }
  return WriteFiles(session, report, args, folder);
}

}  // namespace puente::cli
