// What a reviewer finds in what was submitted, and how a body answers an appeal.
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "puente/gateway/v1/decision.pb.h"
#include "puente/gateway/v1/finding.pb.h"

namespace puente::cli {
namespace {

constexpr char kUsual[] = "certifier/ceneval";
constexpr char kListFindings[] = "puente.gateway.v1.FindingService/ListFindings";
constexpr char kFind[] = "puente.gateway.v1.FindingService/CreateFinding";
constexpr char kClose[] = "puente.gateway.v1.FindingService/CloseFinding";
constexpr char kUphold[] = "puente.gateway.v1.DecisionService/UpholdDecision";
constexpr int kPage = 1000;

constexpr Label kKind{"kind", "tipo"};
constexpr Label kTarget{"of", "de"};
constexpr Label kText{"found", "hallazgo"};
constexpr Label kAnswer{"answer", "respuesta"};
constexpr Label kNoFindings{"no findings", "no hay hallazgos"};

}  // namespace

ExitCode CertifyFindings(Session& session, const FindingArgs& args) {
  if (const ExitCode code = session.Open(kUsual); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::ListFindingsRequest request;
  request.set_parent(body);
  request.set_page_size(kPage);
  request.set_filter(absl::StrCat("submission = \"", SubmissionName(body, args.submission), "\""));
  return session.List<gateway::v1::ListFindingsResponse>(
      "gateway", kListFindings, request, kNoFindings, [&](const auto& all) {
        Table table({{session.Say(label::kRecordState)},
                     {session.Say(kKind)},
                     {session.Say(kTarget), Column::kLeft, 24},
                     {session.Say(kText), Column::kLeft, 28},
                     {session.Say(label::kName), Column::kBelow},
                     {session.Say(kAnswer), Column::kTextBelow}});
        for (const gateway::v1::Finding& finding : all.findings()) {
          table.Add({session.Say(LabelOf(finding.state())), session.Say(LabelOf(finding.kind())),
                     finding.target(), finding.text(), finding.name(), finding.answer()});
        }
        return table;
      });
}

ExitCode CertifyFind(Session& session, const FindingArgs& args) {
  if (const ExitCode code = session.Open(kUsual); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::CreateFindingRequest request;
  request.set_parent(body);
  request.set_finding_id(session.request_id());
  gateway::v1::Finding& finding = *request.mutable_finding();
  finding.set_submission(SubmissionName(body, args.submission));
  finding.set_target(args.target);
  finding.set_kind(args.advice ? gateway::v1::FINDING_KIND_ADVICE
                               : gateway::v1::FINDING_KIND_REQUIRED);
  finding.set_text(args.text);
  return session.Change<gateway::v1::Finding>("gateway", kFind, request);
}

ExitCode CertifyClose(Session& session, const FindingArgs& args) {
  if (const ExitCode code = session.Open(kUsual); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::CloseFindingRequest request;
  request.set_name(absl::StrCat(body, "/findings/", LastId(args.finding)));
  return session.Change<gateway::v1::Finding>("gateway", kClose, request);
}

ExitCode CertifyUphold(Session& session, const DecisionArgs& args) {
  if (const ExitCode code = session.Open(kUsual); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::UpholdDecisionRequest request;
  request.set_name(absl::StrCat(body, "/decisions/", LastId(args.decision)));
  request.set_reason(args.reason);
  return session.Change<gateway::v1::Decision>("gateway", kUphold, request);
}

}  // namespace puente::cli
