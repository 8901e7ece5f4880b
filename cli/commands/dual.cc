// Dual education: agreements of a school and a company, and learners' plans under them.
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "cli/dual_commands.h"
#include "cli/dual_tables.h"
#include "cli/dual_text.h"
#include "cli/format.h"
#include "common/context/clock.h"
#include "common/context/values.h"

namespace puente::cli {
namespace {

namespace v1 = education::v1;

constexpr char kPropose[] = "puente.education.v1.DualAgreementService/ProposeDualAgreement";
constexpr char kListAgreements[] = "puente.education.v1.DualAgreementService/ListDualAgreements";
constexpr char kAcceptAgreement[] = "puente.education.v1.DualAgreementService/AcceptDualAgreement";
constexpr char kRefuseAgreement[] = "puente.education.v1.DualAgreementService/RefuseDualAgreement";
constexpr char kWithdraw[] = "puente.education.v1.DualAgreementService/WithdrawDualAgreement";
constexpr char kEndAgreement[] = "puente.education.v1.DualAgreementService/EndDualAgreement";
constexpr char kListPlans[] = "puente.education.v1.DualPlanService/ListDualPlans";
constexpr char kDraft[] = "puente.education.v1.DualPlanService/DraftDualPlan";
constexpr char kAccept[] = "puente.education.v1.DualPlanService/AcceptDualPlan";
constexpr char kCode[] = "puente.education.v1.DualPlanService/IssueDualCode";
constexpr char kConfirm[] = "puente.education.v1.DualPlanService/ConfirmDualPlan";
constexpr char kChange[] = "puente.education.v1.DualPlanService/ProposeDualPlanChange";
constexpr char kAcceptChange[] = "puente.education.v1.DualPlanService/AcceptDualPlanChange";
constexpr char kRefuseChange[] = "puente.education.v1.DualPlanService/RefuseDualPlanChange";
constexpr char kWithdrawChange[] = "puente.education.v1.DualPlanService/WithdrawDualPlanChange";
constexpr char kPause[] = "puente.education.v1.DualPlanService/PauseDualPlan";
constexpr char kResume[] = "puente.education.v1.DualPlanService/ResumeDualPlan";
constexpr char kEnd[] = "puente.education.v1.DualPlanService/EndDualPlan";
constexpr char kJudge[] = "puente.education.v1.DualPlanService/JudgeOutcome";
constexpr int kPage = 1000;
constexpr int kMinutesOfHour = 60, kMostHours = 10000, kCentavosOfPeso = 100;

constexpr Label kNoAgreements{"no dual agreements", "no hay convenios de formación dual"};
constexpr Label kNoPlans{"no dual plans", "no hay planes de formación dual"};
constexpr Label kWhosePlan{"\" says not whose plan it is", "\" no dice de quién es el plan"};
constexpr Label kPlanIs{"write SCHOOL/PLAN; `puente company dual plans` lists their names",
                        "escriba ESCUELA/PLAN; `puente company dual plans` muestra sus nombres"};
constexpr Label kNoOutcome{"\" is no outcome of a plan", "\" no es un resultado de un plan"};
constexpr Label kOutcomeIs{
    "write NUMBER:HOURS:company or NUMBER:HOURS:school, such as 1:60:company",
    "escriba NÚMERO:HORAS:company o NÚMERO:HORAS:school, por ejemplo 1:60:company"};
constexpr Label kCodeIs{"code", "código"};
constexpr Label kGoodUntil{"good until", "sirve hasta"};
constexpr Label kHandOver{
    "Hand it to the learner alone, who reads the plan first. Whoever says it back confirms:",
    "Entréguelo solo a quien aprende, que antes lee el plan. Quien lo dice de vuelta confirma:"};
constexpr Label kNotAgain{"It is not shown again; a new one takes its place.",
                          "No se muestra otra vez; uno nuevo lo reemplaza."};
constexpr Label kRepeated{"no code: the call was repeated; ask again for another one",
                          "sin código: la llamada se repitió; pida otro"};

std::string AgreementName(const std::string& written) {
  return absl::StrCat("dualAgreements/", LastId(written));
}

// Of the record of the party that calls, as lists of agreements and plans declare it.
std::string FilterOf(Party party, const std::string& own) {
  return absl::StrCat(party == Party::kCompany ? "company = \"" : "organization = \"", own, "\"");
}

std::string AndState(const std::string& filter, const std::string& state) {
  if (state.empty()) return filter;
  return absl::StrCat(filter, filter.empty() ? "" : " AND ", "state = ", EnumName("", state));
}

template <class Request>
ExitCode ChangeAgreement(Session& session, const Request& request, const char* method) {
  return session.Change<v1::DualAgreement>("education", method, request);
}

// Opens the session, and has `fill` complete the request about the plan.
template <class Request, class Fill>
ExitCode ChangePlan(Session& session, Party party, const DualArgs& args, const char* method,
                    const Fill& fill) {
  std::string plan;
  if (const ExitCode code = OpenPlan(session, party, args.name, plan); code != kOk) return code;
  Request request = About<Request>(session, plan);
  if (!fill(request)) return kUsage;
  return session.Change<v1::DualPlan>("education", method, request);
}

template <class Request>
ExitCode ChangePlan(Session& session, Party party, const DualArgs& args, const char* method) {
  return ChangePlan<Request>(session, party, args, method, [](Request&) { return true; });
}

// "1:60:company"
bool ReadOutcome(Session& session, const std::string& written, v1::DualOutcome& outcome) {
  const std::vector<std::string> parts = absl::StrSplit(written, ':');
  int number = 0, hours = 0;
  if (parts.size() == 3 && absl::SimpleAtoi(parts[0], &number) &&
      absl::SimpleAtoi(parts[1], &hours) && hours >= 0 && hours <= kMostHours) {
    outcome.set_outcome(number);
    outcome.set_planned_minutes(hours * kMinutesOfHour);
    outcome.set_place(EnumOf<v1::DualPlace>("DUAL_PLACE_AT_", parts[2]));
    if (outcome.place() != v1::DUAL_PLACE_UNSPECIFIED) return true;
  }
  session.Fail(kUsage, absl::StrCat("\"", written, session.Say(kNoOutcome)),
               session.Say(kOutcomeIs));
  return false;
}

template <class Outcomes>
bool ReadOutcomes(Session& session, const std::vector<std::string>& written, Outcomes& outcomes) {
  for (const std::string& one : written) {
    if (!ReadOutcome(session, one, *outcomes.Add())) return false;
  }
  return true;
}

bool ReadAgreement(Session& session, const DualArgs& args, v1::DualAgreement& agreement) {
  if (!ReadDay(session, args.from, agreement.mutable_begin_date()) ||
      !ReadDay(session, args.until, agreement.mutable_end_date()) ||
      !ReadDay(session, args.insured_until.empty() ? args.until : args.insured_until,
               agreement.mutable_insurance_end_date())) {
    return false;
  }
  agreement.set_company(absl::StrCat("companies/", LastId(args.with)));
  agreement.set_weekly_hours_most(args.hours);
  agreement.set_insurance(EnumOf<v1::DualInsurance>("DUAL_INSURANCE_", args.insured_by));
  agreement.set_insurance_policy(args.policy);
  if (args.support != 0) {
    *agreement.mutable_support_monthly() = Pesos(args.support * kCentavosOfPeso);
  }
  return true;
}

bool ReadPlan(Session& session, const std::string& school, const DualArgs& args,
              v1::DualPlan& plan) {
  if (!ReadDay(session, args.from, plan.mutable_begin_date()) ||
      !ReadDay(session, args.until, plan.mutable_end_date()) ||
      !ReadOutcomes(session, args.outcomes, *plan.mutable_outcomes())) {
    return false;
  }
  plan.set_learner(absl::StrCat(school, "/learners/", LastId(args.learner)));
  plan.set_enrolment(absl::StrCat(school, "/enrolments/", LastId(args.enrolment)));
  plan.set_dual_agreement(AgreementName(args.agreement));
  plan.set_training_place(TrainingPlaceName(args.place));
  plan.set_tutor(args.tutor);
  plan.set_instructor(args.instructor);
  plan.set_weekly_hours(args.hours);
  if (!args.follows.empty()) {
    plan.set_follows(absl::StrCat(school, "/dualPlans/", LastId(args.follows)));
  }
  plan.set_guardian_consent(args.consent.empty() ? v1::DUAL_GUARDIAN_CONSENT_NOT_NEEDED
                                                 : v1::DUAL_GUARDIAN_CONSENT_ON_PAPER);
  return args.consent.empty() ||
         ReadDay(session, args.consent, plan.mutable_guardian_consent_date());
}

ExitCode ListAgreements(Session& session, const std::string& filter, const std::string& own) {
  v1::ListDualAgreementsRequest request;
  request.set_page_size(kPage);
  request.set_filter(filter);
  return session.List<v1::ListDualAgreementsResponse>(
      "education", kListAgreements, request, kNoAgreements, [&](const auto& all) {
        return TableOfDualAgreements(session.language(), all.dual_agreements(), own);
      });
}

}  // namespace

ExitCode OpenPlan(Session& session, Party party, const std::string& written, std::string& plan) {
  std::string own;
  if (const ExitCode code = OpenAs(session, party, own); code != kOk) return code;
  const size_t slash = written.find('/');
  if (absl::StartsWith(written, "organizations/")) {
    plan = written;
  } else if (slash != written.npos) {
    plan = absl::StrCat("organizations/", written.substr(0, slash), "/dualPlans/",
                        written.substr(slash + 1));
  } else if (party == Party::kSchool) {
    plan = absl::StrCat(own, "/dualPlans/", written);
  } else {
    return session.Fail(kUsage, absl::StrCat("\"", written, session.Say(kWhosePlan)),
                        session.Say(kPlanIs));
  }
  return kOk;
}

ExitCode DualAgreements(Session& session, Party party, const DualArgs& args) {
  std::string own;
  if (const ExitCode code = OpenAs(session, party, own); code != kOk) return code;
  return ListAgreements(session, AndState(FilterOf(party, own), args.state), own);
}

ExitCode LaborDualAgreements(Session& session, const DualArgs& args) {
  if (const ExitCode code = session.Open("agency/labor"); code != kOk) return code;
  return ListAgreements(
      session, args.with.empty() ? "" : FilterOf(Party::kCompany, CompanyOf(session, args.with)),
      "");
}

ExitCode DualPropose(Session& session, const DualArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  v1::ProposeDualAgreementRequest request;
  request.set_request_id(session.request_id());
  v1::DualAgreement& agreement = *request.mutable_dual_agreement();
  agreement.set_organization(school);
  if (!ReadAgreement(session, args, agreement)) return kUsage;
  return session.Change<v1::DualAgreement>("education", kPropose, request);
}

ExitCode DualAnswer(Session& session, const DualArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  const std::string name = AgreementName(args.name);
  return args.answer == "accept"
             ? ChangeAgreement(session, About<v1::AcceptDualAgreementRequest>(session, name),
                               kAcceptAgreement)
             : ChangeAgreement(session, About<v1::RefuseDualAgreementRequest>(session, name),
                               kRefuseAgreement);
}

ExitCode DualWithdraw(Session& session, const DualArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  return ChangeAgreement(session,
                         About<v1::WithdrawDualAgreementRequest>(session, AgreementName(args.name)),
                         kWithdraw);
}

ExitCode DualEndAgreement(Session& session, Party party, const DualArgs& args) {
  std::string own;
  if (const ExitCode code = OpenAs(session, party, own); code != kOk) return code;
  auto request = About<v1::EndDualAgreementRequest>(session, AgreementName(args.name));
  request.set_cause(EnumOf<v1::DualEndCause>("DUAL_END_CAUSE_", args.reason));
  return ChangeAgreement(session, request, kEndAgreement);
}

ExitCode DualPlans(Session& session, Party party, const DualArgs& args) {
  std::string own;
  if (const ExitCode code = OpenAs(session, party, own); code != kOk) return code;
  v1::ListDualPlansRequest request;
  const bool company = party == Party::kCompany;
  request.set_parent(company ? "organizations/-" : own);
  request.set_filter(AndState(company ? FilterOf(party, own) : "", args.state));
  request.set_page_size(kPage);
  return session.List<v1::ListDualPlansResponse>(
      "education", kListPlans, request, kNoPlans,
      [&](const auto& all) { return TableOfDualPlans(session.language(), all.dual_plans(), own); });
}

ExitCode DualDraft(Session& session, const DualArgs& args) {
  std::string school;
  if (const ExitCode code = OpenAs(session, Party::kSchool, school); code != kOk) return code;
  v1::DraftDualPlanRequest request;
  request.set_parent(school);
  request.set_dual_plan_id(args.name);
  request.set_request_id(session.request_id());
  if (!ReadPlan(session, school, args, *request.mutable_dual_plan())) return kUsage;
  return session.Change<v1::DualPlan>("education", kDraft, request);
}

ExitCode DualAccept(Session& session, Party party, const DualArgs& args) {
  return ChangePlan<v1::AcceptDualPlanRequest>(session, party, args, kAccept);
}

ExitCode DualCode(Session& session, const DualArgs& args) {
  std::string plan;
  if (const ExitCode code = OpenPlan(session, Party::kSchool, args.name, plan); code != kOk) {
    return code;
  }
  const auto request = About<v1::IssueDualCodeRequest>(session, plan);
  if (session.Explains("education", kCode, request)) return kOk;
  v1::DualCode issued;
  if (!session.Call("education", kCode, request, &issued)) return kFailure;
  if (session.PrintForPrograms(issued)) return kOk;
  if (issued.code().empty()) return session.Fail(kFailure, session.Say(kRepeated));
  Table table({{""}, {""}});
  table.Add({session.Say(kCodeIs), issued.code()});
  table.Add({session.Say(kGoodUntil), TimeText(issued.expire_time())});
  session.printer().Print(table);
  session.out() << session.Say(kHandOver) << "\n  puente school dual confirm " << LastId(plan)
                << "\n"
                << session.Say(kNotAgain) << "\n";
  return kOk;
}

ExitCode DualConfirm(Session& session, const DualArgs& args) {
  std::string plan, code;
  if (const ExitCode opened = OpenPlan(session, Party::kSchool, args.name, plan); opened != kOk) {
    return opened;
  }
  auto request = About<v1::ConfirmDualPlanRequest>(session, plan);
  request.set_confirmation(args.on_paper ? v1::DUAL_CONFIRMATION_PAPER
                                         : v1::DUAL_CONFIRMATION_CODE);
  // What is shown of a call is without the code, which is the learner's.
  if (session.Explains("education", kConfirm, request)) return kOk;
  if (!args.on_paper && !ReadAll(session, "-", code)) return kUsage;
  request.set_code(absl::AsciiStrToUpper(absl::StripAsciiWhitespace(code)));
  return session.Change<v1::DualPlan>("education", kConfirm, request);
}

ExitCode DualChange(Session& session, Party party, const DualArgs& args) {
  return ChangePlan<v1::ProposeDualPlanChangeRequest>(
      session, party, args, kChange, [&](v1::ProposeDualPlanChangeRequest& request) {
        v1::DualPlanChange& change = *request.mutable_proposed_change();
        change.set_tutor(args.tutor);
        change.set_instructor(args.instructor);
        change.set_weekly_hours(args.hours);
        if (!args.until.empty() && !ReadDay(session, args.until, change.mutable_end_date())) {
          return false;
        }
        return ReadOutcomes(session, args.outcomes, *change.mutable_outcomes());
      });
}

ExitCode DualAnswerChange(Session& session, Party party, const DualArgs& args) {
  if (args.answer == "accept") {
    return ChangePlan<v1::AcceptDualPlanChangeRequest>(session, party, args, kAcceptChange);
  }
  if (args.answer == "refuse") {
    return ChangePlan<v1::RefuseDualPlanChangeRequest>(session, party, args, kRefuseChange);
  }
  return ChangePlan<v1::WithdrawDualPlanChangeRequest>(session, party, args, kWithdrawChange);
}

ExitCode DualPause(Session& session, Party party, const DualArgs& args) {
  return ChangePlan<v1::PauseDualPlanRequest>(
      session, party, args, kPause, [&](v1::PauseDualPlanRequest& request) {
        request.mutable_pause()->set_cause(
            EnumOf<v1::DualPauseCause>("DUAL_PAUSE_CAUSE_", args.reason));
        return ReadDay(session, args.until, request.mutable_pause()->mutable_until_date());
      });
}

ExitCode DualResume(Session& session, Party party, const DualArgs& args) {
  return ChangePlan<v1::ResumeDualPlanRequest>(session, party, args, kResume);
}

ExitCode DualEnd(Session& session, Party party, const DualArgs& args) {
  return ChangePlan<v1::EndDualPlanRequest>(
      session, party, args, kEnd, [&](v1::EndDualPlanRequest& request) {
        request.set_cause(EnumOf<v1::DualEndCause>("DUAL_END_CAUSE_", args.reason));
        return true;
      });
}

ExitCode DualJudge(Session& session, const DualArgs& args) {
  return ChangePlan<v1::JudgeOutcomeRequest>(
      session, Party::kCompany, args, kJudge, [&](v1::JudgeOutcomeRequest& request) {
        request.set_outcome(args.outcome);
        request.set_result(EnumOf<v1::DualResult>("DUAL_RESULT_", args.result));
        *request.mutable_judge_date() = ToProto(LegalDay(absl::Now()));
        return args.day.empty() || ReadDay(session, args.day, request.mutable_judge_date());
      });
}

}  // namespace puente::cli
