#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "cli/sections.h"
#include "common/context/values.h"
#include "puente/gateway/v1/submission.pb.h"

namespace puente::cli {
namespace {

constexpr char kPreviewDossier[] = "puente.gateway.v1.CertificationService/PreviewDossier";
constexpr char kListVersions[] =
    "puente.education.v1.MicrocredentialService/ListMicrocredentialVersions";
constexpr char kListSubmissions[] = "puente.gateway.v1.SubmissionService/ListSubmissions";
constexpr char kAssign[] = "puente.gateway.v1.SubmissionService/AssignSubmission";
constexpr int kPage = 1000;
constexpr Label kNoVersion{"\" names no version of a microcredential",
                           "\" no nombra una versión de una microcredencial"};
constexpr Label kFormIs{
    "write microcredentials/ID/versions/NUMBER or ID/NUMBER; list them with: puente certify list",
    "escriba microcredentials/ID/versions/NÚMERO o ID/NÚMERO; lístelas con: puente certify list"};

// A whole number of days since then.
std::string DaysSince(const google::protobuf::Timestamp& time) {
  const absl::Duration since = absl::Now() - absl::FromUnixSeconds(time.seconds());
  return CountText(absl::ToInt64Hours(since) / 24);
}

// "in review: reviewer-1"
std::string StateText(Session& session, const gateway::v1::Submission& submission) {
  const std::string state = session.Say(LabelOf(submission.state()));
  return submission.reviewer().empty() ? state : absl::StrCat(state, ": ", submission.reviewer());
}

// "welding/1" of "microcredentials/welding/versions/1".
std::string ShortVersion(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  return parts.size() == 4 ? absl::StrCat(parts[1], "/", parts[3]) : name;
}

void AddRows(Session& session, const gateway::v1::ListSubmissionsResponse& page, Table& table) {
  for (const gateway::v1::Submission& one : page.submissions()) {
    table.Add({DaysSince(one.create_time()), DateText(one.due_date()), StateText(session, one),
               ShortVersion(one.microcredential_version()), LastId(one.name())});
  }
}

}  // namespace

ExitCode CertifyQueue(Session& session) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::ListSubmissionsResponse all;
  // So that a line has 80 columns.
  Table table({{session.Say(label::kDays), Column::kRight},
               {session.Say(label::kDue)},
               {session.Say(label::kRecordState), Column::kLeft, 24},
               {session.Say(label::kVersion), Column::kLeft, 34},
               {session.Say(label::kSubmission), Column::kBelow}});
  for (const char* state : {"SUBMITTED", "IN_REVIEW", "CERTIFYING"}) {
    gateway::v1::ListSubmissionsRequest request;
    request.set_parent(body);
    request.set_page_size(kPage);
    request.set_filter(absl::StrCat("state = ", state));
    if (session.Explains("gateway", kListSubmissions, request)) return kOk;
    gateway::v1::ListSubmissionsResponse page;
    if (!session.CallForAll("gateway", kListSubmissions, request, &page)) return kFailure;
    AddRows(session, page, table);
    all.MergeFrom(page);
  }
  session.PrintList(all, table);
  return kOk;
}

ExitCode CertifyAssign(Session& session, const DecisionArgs& args) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::AssignSubmissionRequest request;
  request.set_name(SubmissionName(body, args.submission));
  request.set_reviewer(args.reviewer);
  if (session.Explains("gateway", kAssign, request)) return kOk;
  gateway::v1::Submission submission;
  if (!session.Call("gateway", kAssign, request, &submission)) return kFailure;
  if (session.PrintForPrograms(submission)) return kOk;
  session.out() << submission.name() << ": " << StateText(session, submission) << "\n";
  return kOk;
}

ExitCode CertifyDossier(Session& session, const std::string& name) {
  gateway::v1::PreviewDossierRequest request;
  request.set_microcredential_version(MicrocredentialVersionName(name));
  if (!absl::StartsWith(request.microcredential_version(), "microcredentials/")) {
    return session.Fail(kUsage, absl::StrCat("\"", name, session.Say(kNoVersion)),
                        session.Say(kFormIs));
  }
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  if (session.Explains("gateway", kPreviewDossier, request)) return kOk;
  gateway::v1::DossierPreview dossier;
  if (!session.Call("gateway", kPreviewDossier, request, &dossier, kViewTimeout)) return kFailure;
  if (session.PrintForPrograms(dossier)) return kOk;
  std::optional<labor::v1::Standards> standards;
  if (dossier.employment().has_statistics()) standards = session.Standards();
  Printer printer = session.printer();
  Print(printer, dossier, standards.has_value() ? &*standards : nullptr);
  return kOk;
}

ExitCode CertifyList(Session& session) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  education::v1::ListMicrocredentialVersionsRequest request;
  request.set_parent("microcredentials/-");
  request.set_page_size(kPage);
  if (session.Explains("education", kListVersions, request)) return kOk;
  education::v1::ListMicrocredentialVersionsResponse all;
  if (!session.CallForAll("education", kListVersions, request, &all)) return kFailure;
  Table table({{session.Say(label::kRecordState)},
               {session.Say(label::kTitle), Column::kLeft, 60},
               {session.Say(label::kVersion), Column::kBelow},
               {session.Say(label::kSource), Column::kBelow}});
  const bool spanish = session.language() == Language::kSpanish;
  for (const auto& version : all.microcredential_versions()) {
    table.Add({MicrocredentialStateText(version.state(), session.language()),
               spanish || version.title_en().empty() ? version.title_es() : version.title_en(),
               version.name(), version.source()});
  }
  session.PrintList(all, table);
  return kOk;
}

}  // namespace puente::cli
