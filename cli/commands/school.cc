// What an organization that teaches does: it answers calls, submits to bodies, answers findings,
// and takes notice of decisions or appeals them.
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "puente/economy/v1/school_call.pb.h"
#include "puente/economy/v1/school_response.pb.h"
#include "puente/gateway/v1/decision.pb.h"
#include "puente/gateway/v1/feasibility.pb.h"
#include "puente/gateway/v1/finding.pb.h"
#include "puente/gateway/v1/submission.pb.h"

namespace puente::cli {
namespace {

constexpr char kListCalls[] = "puente.economy.v1.SchoolCallService/ListSchoolCalls";
constexpr char kGetCall[] = "puente.economy.v1.SchoolCallService/GetSchoolCall";
constexpr char kCheck[] = "puente.gateway.v1.CouncilService/CheckFeasibility";
constexpr char kRespond[] = "puente.economy.v1.SchoolResponseService/CreateSchoolResponse";
constexpr char kSubmit[] = "puente.gateway.v1.SubmissionService/CreateSubmission";
constexpr char kListDecisions[] = "puente.gateway.v1.DecisionService/ListDecisions";
constexpr char kAppeal[] = "puente.gateway.v1.DecisionService/AppealDecision";
constexpr char kAcknowledge[] = "puente.gateway.v1.DecisionService/AcknowledgeDecision";
constexpr char kListFindings[] = "puente.gateway.v1.FindingService/ListFindings";
constexpr char kAnswer[] = "puente.gateway.v1.FindingService/AnswerFinding";

constexpr Label kCall{"call", "convocatoria"};
constexpr Label kAbout{"about", "asunto"};
constexpr Label kDecision{"decision", "decisión"};
constexpr Label kKind{"kind", "tipo"};
constexpr Label kReason{"reason", "motivo"};
constexpr Label kFinding{"finding", "hallazgo"};
constexpr Label kTarget{"of", "de"};
constexpr Label kNotChecked{
    "Education did not answer the check: try again, or answer without --campus",
    "Educación no respondió a la verificación: inténtelo de nuevo, o responda sin --campus"};
constexpr Label kNoCalls{"no open calls", "no hay convocatorias abiertas"};
constexpr Label kNoDecisions{"no decisions", "no hay decisiones"};
constexpr Label kNoFindings{"no findings wait for an answer", "no hay hallazgos por responder"};

// Checks whether what a call is about could be done, on which the answer then rests.
ExitCode Check(Session& session, const std::string& call, const std::string& campus,
               economy::v1::FeasibilityBasis& basis) {
  economy::v1::GetSchoolCallRequest get;
  get.set_name(call);
  economy::v1::SchoolCall found;
  if (!session.Call("economy", kGetCall, get, &found)) return kFailure;
  gateway::v1::CheckFeasibilityRequest check;
  check.set_proposal(found.proposal());
  gateway::v1::Feasibility feasibility;
  if (!session.Call("gateway", kCheck, check, &feasibility, kViewTimeout)) return kFailure;
  if (feasibility.teaching().state() != gateway::v1::SECTION_STATE_FRESH) {
    return session.Fail(kFailure, session.Say(kNotChecked));
  }
  basis.set_campus(campus);
  *basis.mutable_as_of_time() = feasibility.teaching().as_of_time();
  basis.set_freshness_token(feasibility.teaching().freshness_token());
  return kOk;
}

}  // namespace

ExitCode SchoolCalls(Session& session) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  economy::v1::ListSchoolCallsRequest request;
  request.set_filter("state = OPEN");
  return session.List<economy::v1::ListSchoolCallsResponse>(
      "economy", kListCalls, request, kNoCalls, [&](const auto& all) {
        Table table({{session.Say(label::kDue)},
                     {session.Say(kAbout), Column::kLeft, 60},
                     {session.Say(kCall), Column::kBelow}});
        const bool spanish = session.language() == Language::kSpanish;
        for (const economy::v1::SchoolCall& call : all.school_calls()) {
          table.Add({DateText(call.end_date()),
                     spanish || call.text_en().empty() ? call.text_es() : call.text_en(),
                     LastId(call.name())});
        }
        return table;
      });
}

ExitCode SchoolRespond(Session& session, const SchoolArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  const std::string school = SchoolOf(session);
  if (school.empty()) return kUsage;
  economy::v1::CreateSchoolResponseRequest request;
  request.set_parent(absl::StrCat("schoolCalls/", LastId(args.name)));
  request.set_school_response_id(std::string(LastId(school)));
  economy::v1::SchoolResponse& response = *request.mutable_school_response();
  response.set_organization(school);
  response.set_can_do(args.can_do == "no"    ? economy::v1::CAN_DO_NO
                      : args.missing.empty() ? economy::v1::CAN_DO_YES
                                             : economy::v1::CAN_DO_IF_HELPED);
  response.set_seats(args.seats);
  response.set_missing(args.missing);
  if (!args.from.empty() && !ReadDay(session, args.from, response.mutable_start_date())) {
    return kUsage;
  }
  if (!args.campus.empty()) {
    const ExitCode code =
        Check(session, request.parent(), absl::StrCat(school, "/campuses/", LastId(args.campus)),
              *response.mutable_feasibility());
    if (code != kOk) return code;
  }
  return session.Change<economy::v1::SchoolResponse>("economy", kRespond, request);
}

ExitCode SchoolSubmit(Session& session, const SchoolArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  const std::string school = SchoolOf(session);
  if (school.empty()) return kUsage;
  gateway::v1::CreateSubmissionRequest request;
  request.set_parent(absl::StrCat("certifiers/", LastId(args.certifier)));
  request.set_submission_id(args.id.empty() ? session.request_id() : args.id);
  request.mutable_submission()->set_organization(school);
  request.mutable_submission()->set_microcredential_version(MicrocredentialVersionName(args.name));
  request.mutable_submission()->set_note(args.text);
  return session.Change<gateway::v1::Submission>("gateway", kSubmit, request);
}

ExitCode SchoolDecisions(Session& session) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  const std::string school = SchoolOf(session);
  if (school.empty()) return kUsage;
  gateway::v1::ListDecisionsRequest request;
  request.set_parent("certifiers/-");
  request.set_filter(absl::StrCat("organization = \"", school, "\""));
  return session.List<gateway::v1::ListDecisionsResponse>(
      "gateway", kListDecisions, request, kNoDecisions, [&](const auto& all) {
        Table table({{session.Say(kKind)},
                     {session.Say(label::kRecordState)},
                     {session.Say(kReason), Column::kLeft, 50},
                     {session.Say(kDecision), Column::kBelow}});
        for (const gateway::v1::Decision& decision : all.decisions()) {
          table.Add({session.Say(LabelOf(decision.kind())), session.Say(LabelOf(decision.state())),
                     decision.reason(), decision.name()});
        }
        return table;
      });
}

ExitCode SchoolAppeal(Session& session, const SchoolArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  gateway::v1::AppealDecisionRequest request;
  request.set_name(args.name);
  request.set_grounds(args.text);
  return session.Change<gateway::v1::Decision>("gateway", kAppeal, request);
}

ExitCode SchoolAcknowledge(Session& session, const SchoolArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  gateway::v1::AcknowledgeDecisionRequest request;
  request.set_name(args.name);
  return session.Change<gateway::v1::Decision>("gateway", kAcknowledge, request);
}

ExitCode SchoolFindings(Session& session) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  const std::string school = SchoolOf(session);
  if (school.empty()) return kUsage;
  gateway::v1::ListFindingsRequest request;
  request.set_parent("certifiers/-");
  request.set_filter(absl::StrCat("organization = \"", school, "\" AND state = OPEN"));
  return session.List<gateway::v1::ListFindingsResponse>(
      "gateway", kListFindings, request, kNoFindings, [&](const auto& all) {
        Table table({{session.Say(kTarget), Column::kLeft, 26},
                     {session.Say(kReason), Column::kLeft, 50},
                     {session.Say(kFinding), Column::kBelow}});
        for (const gateway::v1::Finding& finding : all.findings()) {
          table.Add({finding.target(), finding.text(), finding.name()});
        }
        return table;
      });
}

ExitCode SchoolAnswer(Session& session, const SchoolArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  gateway::v1::AnswerFindingRequest request;
  request.set_name(args.name);
  request.set_answer(args.text);
  return session.Change<gateway::v1::Finding>("gateway", kAnswer, request);
}

}  // namespace puente::cli
