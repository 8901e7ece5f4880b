#include "gateway/decisions/record.h"

#include <optional>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "gateway/acts/steps.h"
#include "gateway/certifiers/checks.h"
#include "gateway/decisions/resource.h"
#include "gateway/decisions/rules.h"
#include "gateway/submissions/resource.h"
#include "puente/education/v1/certification.pb.h"

namespace puente::gateway {
namespace {

using education::v1::RecordCertificationRequest;
using education::v1::RenewCertificationRequest;
using education::v1::ResumeCertificationRequest;
using education::v1::SuspendCertificationRequest;
using education::v1::WithdrawCertificationRequest;
using google::protobuf::Timestamp;

RecordCertificationRequest Record(const v1::Submission& submission, const v1::Decision& decision,
                                  const Timestamp& time) {
  RecordCertificationRequest request;
  request.set_certification_id(
      decision.certification().substr(decision.certification().find('/') + 1));
  request.set_microcredential_version(submission.microcredential_version());
  request.set_submission(submission.name());
  *request.mutable_start_date() = decision.start_date();
  *request.mutable_end_date() = decision.end_date();
  request.set_conditions(decision.conditions());
  *request.mutable_state_codes() = decision.state_codes();
  *request.mutable_decision_time() = time;
  return request;
}

template <class Request>
StepCall Change(const v1::Decision& decision, const Timestamp& time) {
  Request request;
  request.set_name(decision.certification());
  if constexpr (std::is_same_v<Request, RenewCertificationRequest>) {
    *request.mutable_end_date() = decision.end_date();
    *request.mutable_state_codes() = decision.state_codes();
  } else {
    *request.mutable_state_date() = decision.start_date();
    request.set_reason(decision.reason());
  }
  *request.mutable_decision_time() = time;
  return CallOf(request);
}

// What Education does to record a decision, on behalf of the body.
StepCall StepOf(const Call& call, const v1::Submission& submission, const v1::Decision& decision) {
  const Timestamp time = ToProto(call.start);
  switch (decision.kind()) {
    case v1::DECISION_KIND_SUSPEND:
      return Change<SuspendCertificationRequest>(decision, time);
    case v1::DECISION_KIND_RESUME:
      return Change<ResumeCertificationRequest>(decision, time);
    case v1::DECISION_KIND_RENEW:
      return Change<RenewCertificationRequest>(decision, time);
    case v1::DECISION_KIND_WITHDRAW:
      return Change<WithdrawCertificationRequest>(decision, time);
    default:
      return CallOf(Record(submission, decision, time));
  }
}

// The submission of an act and the decision that it records.
struct Recorded {
  v1::Submission submission;
  v1::Decision decision;
};
absl::StatusOr<Recorded> Find(journal::Transaction& tx, const v1::Act& act) {
  Recorded found;
  ASSIGN_OR_RETURN(found.submission, resource::Get(tx, Submissions(), act.subject(), "subject"));
  ASSIGN_OR_RETURN(found.decision, resource::Get(tx, Decisions(), found.submission.decision()));
  return found;
}

absl::Status Store(const Call& call, journal::Transaction& tx, const Recorded& before,
                   Recorded after) {
  RETURN_IF_ERROR(
      resource::Replace(call, tx, Decisions(), before.decision, std::move(after.decision))
          .status());
  return resource::Replace(call, tx, Submissions(), before.submission, std::move(after.submission))
      .status();
}

absl::Status InForce(const Call& call, journal::Transaction& tx, const v1::Act& act) {
  ASSIGN_OR_RETURN(const Recorded before, Find(tx, act));
  Recorded after = before;
  TakeEffect(call, after.decision);
  after.submission.set_state(v1::SUBMISSION_STATE_CERTIFIED);
  return Store(call, tx, before, std::move(after));
}

// The one that it was to replace is under appeal again.
absl::StatusOr<std::optional<v1::Decision>> ReopenAppeal(const Call& call, journal::Transaction& tx,
                                                         const v1::Decision& decision) {
  if (decision.replaces().empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const v1::Decision replaced,
                   resource::Get(tx, Decisions(), decision.replaces()));
  v1::Decision again = replaced;
  again.set_state(v1::DECISION_STATE_UNDER_APPEAL);
  again.clear_replaced_by();
  again.clear_appeal_actor();
  return resource::Replace(call, tx, Decisions(), replaced, std::move(again));
}

// The decision that counts without the one that Education refused; "" if none does.
absl::StatusOr<std::string> LastInForce(journal::Transaction& tx, const std::string& submission) {
  ASSIGN_OR_RETURN(
      const auto decisions,
      resource::Select(tx, Decisions(), "gateway.decision.last",
                       "FORCE INDEX (by_submission) WHERE submission = ? AND state IN"
                       " (?, ?, ?) ORDER BY create_time DESC LIMIT 1",
                       {submission, int{v1::DECISION_STATE_IN_FORCE},
                        int{v1::DECISION_STATE_UNDER_APPEAL}, int{v1::DECISION_STATE_UPHELD}}));
  return decisions.empty() ? "" : decisions.front().name();
}

// Where a submission stands that was not certified after all. One that was made to carry over a
// certification is nobody's to review, and at a body that has left nobody reviews.
v1::SubmissionState StateWithout(const v1::Certifier& body, const v1::Decision& refused,
                                 const std::optional<v1::Decision>& appealed) {
  if (!refused.carries_over().empty()) return v1::SUBMISSION_STATE_WITHDRAWN;
  if (body.state() == v1::CERTIFIER_STATE_LEFT) return v1::SUBMISSION_STATE_RETURNED;
  return appealed.has_value() ? KindOf(appealed->kind()).to : v1::SUBMISSION_STATE_IN_REVIEW;
}

// Why it stands there: by the appealed decision, which counts again, or by what Education refused.
std::string ReasonWithout(const v1::Certifier& body, const v1::Act& act,
                          const std::optional<v1::Decision>& appealed) {
  if (!appealed.has_value() || body.state() == v1::CERTIFIER_STATE_LEFT) return act.refusal();
  return KindOf(appealed->kind()).recorded ? "" : appealed->reason();
}

absl::Status NotRecorded(const Call& call, journal::Transaction& tx, const v1::Act& act) {
  ASSIGN_OR_RETURN(const Recorded before, Find(tx, act));
  ASSIGN_OR_RETURN(const std::optional<v1::Decision> appealed,
                   ReopenAppeal(call, tx, before.decision));
  Recorded after = before;
  after.decision.set_state(v1::DECISION_STATE_NOT_RECORDED);
  after.decision.set_refusal(act.refusal());
  after.decision.set_refusal_es(act.refusal_es());
  after.decision.set_refusal_en(act.refusal_en());
  ASSIGN_OR_RETURN(const std::string last, LastInForce(tx, act.subject()));
  after.submission.set_decision(last);
  if (before.decision.kind() == v1::DECISION_KIND_CERTIFY) {
    ASSIGN_OR_RETURN(const v1::Certifier body, GuardBody(tx, act.subject()));
    after.submission.set_state(StateWithout(body, before.decision, appealed));
    after.submission.set_state_reason(ReasonWithout(body, act, appealed));
    after.submission.set_certification(appealed.has_value() ? appealed->certification() : "");
  }
  return Store(call, tx, before, std::move(after));
}

}  // namespace

absl::Status BeginRecord(const Call& call, journal::Transaction& tx,
                         const v1::Submission& submission, v1::Decision& decision) {
  decision.set_certification(decision.kind() == v1::DECISION_KIND_CERTIFY
                                 ? absl::StrCat("certifications/", crypto::Uuid4())
                                 : submission.certification());
  const Step step{compose::Agency::kEducation, StepOf(call, submission, decision), {}};
  ASSIGN_OR_RETURN(const v1::Act act,
                   BeginAct(call, tx, FreshActId(), kCertification, submission.name(), {step}));
  decision.set_act(act.name());
  return absl::OkStatus();
}

void TakeEffect(const Call& call, v1::Decision& decision) {
  decision.set_state(v1::DECISION_STATE_IN_FORCE);
  decision.set_acknowledgement(v1::ACKNOWLEDGEMENT_PENDING);
  if (!KindOf(decision.kind()).appealable) return;
  *decision.mutable_appeal_due_date() = ToProto(LegalDay(call.start) + kAppealDays);
}

ActRunner::Ends CertificationEnds() { return {.done = &InForce, .undone = &NotRecorded}; }

}  // namespace puente::gateway
