// What a certification body does with a submission that it reviews.
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "cli/sections.h"
#include "common/context/values.h"
#include "puente/gateway/v1/decision.pb.h"
#include "puente/gateway/v1/dossier.pb.h"

namespace puente::cli {
namespace {

constexpr char kOpen[] = "puente.gateway.v1.DossierService/OpenDossier";
constexpr char kContent[] = "puente.gateway.v1.DossierService/GetDossierContent";
constexpr char kListDossiers[] = "puente.gateway.v1.DossierService/ListDossiers";
constexpr char kDecide[] = "puente.gateway.v1.DecisionService/CreateDecision";
constexpr char kGetDecision[] = "puente.gateway.v1.DecisionService/GetDecision";
// How long a decision is waited for until Education has recorded it.
constexpr absl::Duration kRecorded = absl::Seconds(10);
constexpr absl::Duration kLookAgain = absl::Milliseconds(100);

constexpr Label kNotYet{
    "the decision is stored; Education has not recorded it yet, and will once it answers",
    "la decisión está guardada; Educación aún no la registra y lo hará en cuanto responda"};
constexpr Label kNoOverride{"\" is no override", "\" no explica ninguna sección"};
constexpr Label kOverrideIs{"write it as SECTION=REASON, such as demand='no companies there yet'",
                            "escríbalo como SECCIÓN=RAZÓN, por ejemplo demand='aún sin empresas'"};
constexpr Label kNoDossier{"no dossier is open for this submission",
                           "no hay expediente abierto de esta solicitud"};
constexpr Label kOpenOne{"open one with: puente certify open ",
                         "abra uno con: puente certify open "};
constexpr Label kUntil{"can be decided on until", "permite decidir hasta"};
constexpr Label kThere{"stated", "declarada"};

const Label& WhyNot(const gateway::v1::Provenance& provenance) {
  static constexpr Label kMissing{"missing", "falta"};
  static constexpr Label kNotAsked{"nothing to ask", "nada que preguntar"};
  return provenance.state() == gateway::v1::SECTION_STATE_NOT_ASKED ? kNotAsked : kMissing;
}

void PrintDossier(Session& session, const gateway::v1::Dossier& dossier) {
  if (session.PrintForPrograms(dossier)) return;
  session.out() << dossier.name() << " " << session.Say(kUntil) << " "
                << TimeText(dossier.expire_time()) << "\n";
  for (const gateway::v1::DossierSection& section : dossier.sections()) {
    session.out() << "  " << section.section() << ": "
                  << (section.answer_type().empty()
                          ? absl::StrCat(session.Say(WhyNot(section.provenance())), ": ",
                                         section.provenance().failure().reason())
                          : session.Say(kThere))
                  << "\n";
  }
}

void PrintDecision(Session& session, const gateway::v1::Decision& decision) {
  if (session.PrintForPrograms(decision)) return;
  session.out() << decision.name() << ": " << session.Say(LabelOf(decision.state())) << "\n";
  if (!decision.refusal().empty()) {
    session.out() << decision.refusal() << ": "
                  << (session.language() == Language::kSpanish ? decision.refusal_es()
                                                               : decision.refusal_en())
                  << "\n";
  }
  if (decision.state() != gateway::v1::DECISION_STATE_NOT_RECORDED &&
      !decision.certification().empty()) {
    session.out() << decision.certification() << "\n";
  }
}

// Education records it, for which people wait; it is stored whether they see the end or not.
ExitCode AwaitRecord(Session& session, gateway::v1::Decision& decision) {
  const absl::Time limit = absl::Now() + kRecorded;
  gateway::v1::GetDecisionRequest request;
  request.set_name(decision.name());
  while (decision.state() == gateway::v1::DECISION_STATE_RECORDING && absl::Now() < limit) {
    absl::SleepFor(kLookAgain);
    if (!session.Call("gateway", kGetDecision, request, &decision)) break;
  }
  PrintDecision(session, decision);
  if (decision.state() == gateway::v1::DECISION_STATE_RECORDING) {
    session.err() << session.Say(kNotYet) << "\n";
  }
  return decision.state() == gateway::v1::DECISION_STATE_NOT_RECORDED ? kFailure : kOk;
}

// The dossier of the submission that was opened last; "" with the error printed if there is none.
std::string LastDossier(Session& session, const std::string& submission) {
  gateway::v1::ListDossiersRequest request;
  const std::string body = submission.substr(0, submission.find("/submissions/"));
  request.set_filter(
      absl::StrCat("certifier = \"", body, "\" AND submission = \"", submission, "\""));
  gateway::v1::ListDossiersResponse all;
  if (!session.CallForAll("gateway", kListDossiers, request, &all)) return "";
  const gateway::v1::Dossier* last = nullptr;
  for (const gateway::v1::Dossier& dossier : all.dossiers()) {
    if (last == nullptr || FromProto(last->create_time()) < FromProto(dossier.create_time())) {
      last = &dossier;
    }
  }
  if (last != nullptr) return last->name();
  session.Fail(kFailure, session.Say(kNoDossier),
               absl::StrCat(session.Say(kOpenOne), LastId(submission)));
  return "";
}

bool ReadOverrides(Session& session, const DecisionArgs& args, gateway::v1::Decision& decision) {
  for (const std::string& written : args.overrides) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(written, absl::MaxSplits('=', 1));
    if (parts.second.empty()) {
      session.Fail(kUsage, absl::StrCat("\"", written, session.Say(kNoOverride)),
                   session.Say(kOverrideIs));
      return false;
    }
    gateway::v1::Override& given = *decision.add_overrides();
    given.set_section(parts.first);
    given.set_reason(parts.second);
  }
  return true;
}

// What was written as a decision of the body; what the program ends with, and the error printed, if
// it is none.
ExitCode ReadDecision(Session& session, const std::string& body, const DecisionArgs& args,
                      gateway::v1::Decision& decision) {
  gateway::v1::DecisionKind kind = gateway::v1::DECISION_KIND_UNSPECIFIED;
  gateway::v1::DecisionKind_Parse(
      absl::StrCat("DECISION_KIND_", absl::AsciiStrToUpper(args.decision)), &kind);
  decision.set_kind(kind);
  decision.set_submission(SubmissionName(body, args.submission));
  decision.set_reason(args.reason);
  decision.set_conditions(args.conditions);
  if (!args.replaces.empty()) {
    decision.set_replaces(absl::StrCat(body, "/decisions/", LastId(args.replaces)));
  }
  if (!args.from.empty() && !ReadDay(session, args.from, decision.mutable_start_date())) {
    return kUsage;
  }
  if (!args.until.empty() && !ReadDay(session, args.until, decision.mutable_end_date())) {
    return kUsage;
  }
  const bool needs_dossier = kind == gateway::v1::DECISION_KIND_CERTIFY ||
                             kind == gateway::v1::DECISION_KIND_REJECT ||
                             kind == gateway::v1::DECISION_KIND_RENEW;
  if (!args.dossier.empty()) {
    decision.set_dossier(absl::StrCat("dossiers/", LastId(args.dossier)));
  } else if (needs_dossier && !session.options().explain) {
    decision.set_dossier(LastDossier(session, decision.submission()));
    if (decision.dossier().empty()) return kFailure;
  }
  return ReadOverrides(session, args, decision) ? kOk : kUsage;
}

}  // namespace

ExitCode CertifyOpen(Session& session, const DecisionArgs& args) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::OpenDossierRequest request;
  request.set_submission(SubmissionName(body, args.submission));
  request.set_dossier_id(session.request_id());
  if (session.Explains("gateway", kOpen, request)) return kOk;
  gateway::v1::Dossier dossier;
  if (!session.Call("gateway", kOpen, request, &dossier)) return kFailure;
  PrintDossier(session, dossier);
  return kOk;
}

ExitCode CertifyEvidence(Session& session, const DecisionArgs& args) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::GetDossierContentRequest request;
  request.set_name(args.dossier.empty()
                       ? LastDossier(session, SubmissionName(body, args.submission))
                       : absl::StrCat("dossiers/", LastId(args.dossier)));
  if (request.name().empty()) return kFailure;
  if (session.Explains("gateway", kContent, request)) return kOk;
  gateway::v1::DossierPreview content;
  if (!session.Call("gateway", kContent, request, &content)) return kFailure;
  if (session.PrintForPrograms(content)) return kOk;
  Printer printer = session.printer();
  Print(printer, content);
  return kOk;
}

ExitCode CertifyDecide(Session& session, const DecisionArgs& args) {
  if (const ExitCode code = session.Open("certifier/ceneval"); code != kOk) return code;
  const std::string body = BodyOf(session);
  if (body.empty()) return kUsage;
  gateway::v1::CreateDecisionRequest request;
  request.set_parent(body);
  request.set_decision_id(session.request_id());
  if (const ExitCode code = ReadDecision(session, body, args, *request.mutable_decision());
      code != kOk) {
    return code;
  }
  if (session.Explains("gateway", kDecide, request)) return kOk;
  gateway::v1::Decision decision;
  if (!session.Call("gateway", kDecide, request, &decision)) return kFailure;
  return AwaitRecord(session, decision);
}

}  // namespace puente::cli
