#include "gateway/submissions/service.h"

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "common/status/macros.h"
#include "gateway/acts/steps.h"
#include "gateway/certifiers/resource.h"
#include "gateway/certifiers/rules.h"
#include "gateway/errors.h"
#include "gateway/submissions/resource.h"
#include "puente/education/v1/certification.pb.h"

namespace puente::gateway {
namespace {

using education::v1::RecordCertificationRequest;

std::string CertifierOf(const v1::Submission& submission) {
  const std::string& name = submission.name();
  return name.substr(0, name.find("/submissions/"));
}

// The body of a submission, on whose entry in the register a decision rests.
absl::StatusOr<v1::Certifier> Body(journal::Transaction& tx, const v1::Submission& submission) {
  return resource::Guard(tx, Certifiers(), CertifierOf(submission), "parent");
}

absl::Status CheckImpartial(const v1::Certifier& certifier, const v1::Submission& submission) {
  if (!HasConflict(certifier, submission.organization())) return absl::OkStatus();
  return Error(error::kConflictDeclared, "certifier"_is(certifier.name()),
               "organization"_is(submission.organization()));
}

// That the body certifies such a thing at all, today.
absl::Status CheckScope(const Call& call, const v1::Certifier& certifier,
                        const v1::Submission& submission) {
  if (certifier.state() != v1::CERTIFIER_STATE_ACTIVE) {
    return resource::StateWrong(Certifiers(), Certifiers().state_wrong(), call.verb(), certifier,
                                {v1::CERTIFIER_STATE_ACTIVE});
  }
  const absl::CivilDay day = LegalDay(call.start);
  if (Covers(certifier, submission.microcredential_version(), day)) return absl::OkStatus();
  return Error(error::kNotInScope, "certifier"_is(certifier.name()),
               "version"_is(submission.microcredential_version()),
               "day"_is(absl::FormatCivilTime(day)));
}

absl::Status Submit(const Call& call, journal::Transaction& tx, const v1::Submission*,
                    v1::Submission& submission) {
  ASSIGN_OR_RETURN(const v1::Certifier certifier, Body(tx, submission));
  RETURN_IF_ERROR(CheckScope(call, certifier, submission));
  RETURN_IF_ERROR(CheckImpartial(certifier, submission));
  *submission.mutable_due_date() = ToProto(LegalDay(call.start) + ReviewDays(certifier));
  return absl::OkStatus();
}

absl::Status AssignSubmission(const Call&, journal::Transaction& tx, const v1::Submission& before,
                              v1::Submission&) {
  ASSIGN_OR_RETURN(const v1::Certifier certifier, Body(tx, before));
  return CheckImpartial(certifier, before);
}

// What holds of every decision: its reviewer makes it, and the body is impartial.
absl::StatusOr<v1::Certifier> Decide(const Call& call, journal::Transaction& tx,
                                     const v1::Submission& before, v1::Submission& after) {
  if (call.actor != before.reviewer()) {
    return Error(error::kNotTheReviewer, "name"_is(before.name()), "actor"_is(call.actor));
  }
  ASSIGN_OR_RETURN(v1::Certifier certifier, Body(tx, before));
  RETURN_IF_ERROR(CheckImpartial(certifier, before));
  *after.mutable_decide_time() = ToProto(call.start);
  return certifier;
}

absl::Status DecideAgainst(const Call& call, journal::Transaction& tx, const v1::Submission& before,
                           v1::Submission& after) {
  return Decide(call, tx, before, after).status();
}

// Education's record of it, to be made by the gateway on behalf of the body.
RecordCertificationRequest Record(absl::string_view id, const v1::Submission& submission) {
  RecordCertificationRequest request;
  request.set_certification_id(std::string(id));
  request.set_microcredential_version(submission.microcredential_version());
  request.set_submission(submission.name());
  *request.mutable_start_date() = submission.start_date();
  *request.mutable_end_date() = submission.end_date();
  request.set_conditions(submission.conditions());
  *request.mutable_decision_time() = submission.decide_time();
  return request;
}

// What was answered about days that are past stays so.
absl::Status SetTerm(absl::CivilDay day, v1::Submission& submission) {
  if (!submission.has_start_date()) *submission.mutable_start_date() = ToProto(day);
  const absl::CivilDay first = ToCivilDay(submission.start_date());
  const auto early = [](absl::CivilDay least, const char* field) {
    return InvalidFields(
        {Against(rule::kTooEarly, "day"_is(absl::FormatCivilTime(least))).At(field)});
  };
  if (first < day) return early(day, "start_date");
  return ToCivilDay(submission.end_date()) < first ? early(first, "end_date") : absl::OkStatus();
}

absl::Status CertifySubmission(const Call& call, journal::Transaction& tx,
                               const v1::Submission& before, v1::Submission& after) {
  ASSIGN_OR_RETURN(const v1::Certifier certifier, Decide(call, tx, before, after));
  RETURN_IF_ERROR(CheckScope(call, certifier, before));
  RETURN_IF_ERROR(SetTerm(LegalDay(call.start), after));
  const std::string id = crypto::Uuid4();
  const Step step{compose::Agency::kEducation, CallOf(Record(id, after)), {}};
  ASSIGN_OR_RETURN(const v1::Act act,
                   BeginAct(call, tx, FreshActId(), kCertification, before.name(), {step}));
  after.set_state_reason("");
  after.set_act(act.name());
  after.set_certification(absl::StrCat("certifications/", id));
  return absl::OkStatus();
}

absl::Status Enter(const Call& call, journal::Transaction& tx, const v1::Act& act,
                   void (*change)(const v1::Act&, v1::Submission&)) {
  ASSIGN_OR_RETURN(const v1::Submission before,
                   resource::Get(tx, Submissions(), act.subject(), "subject"));
  v1::Submission after = before;
  change(act, after);
  return resource::Replace(call, tx, Submissions(), before, std::move(after)).status();
}

absl::Status Certified(const Call& call, journal::Transaction& tx, const v1::Act& act) {
  return Enter(call, tx, act, [](const v1::Act&, v1::Submission& submission) {
    submission.set_state(v1::SUBMISSION_STATE_CERTIFIED);
  });
}

absl::Status NotRecorded(const Call& call, journal::Transaction& tx, const v1::Act& act) {
  return Enter(call, tx, act, [](const v1::Act& refused, v1::Submission& submission) {
    submission.set_state(v1::SUBMISSION_STATE_IN_REVIEW);
    submission.set_state_reason(refused.refusal());
    submission.clear_certification();
    submission.clear_decide_time();
    submission.clear_start_date();
    submission.clear_end_date();
    submission.clear_conditions();
  });
}

}  // namespace

ActRunner::Ends CertificationEnds() { return {.done = &Certified, .undone = &NotRecorded}; }

void ServeSubmissions(calls::Host& host) {
  resource::Serve(host, Submissions(),
                  {.prepare = &Submit,
                   .verbs = {{.verb = "AssignSubmission", .prepare = &AssignSubmission},
                             {.verb = "CertifySubmission", .prepare = &CertifySubmission},
                             {.verb = "ReturnSubmission", .prepare = &DecideAgainst},
                             {.verb = "RejectSubmission", .prepare = &DecideAgainst}}});
}

}  // namespace puente::gateway
