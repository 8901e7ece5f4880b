#include "gateway/submissions/carry_over.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/calls/service.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/owner.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "gateway/acts/steps.h"
#include "gateway/certifiers/checks.h"
#include "gateway/certifiers/rules.h"
#include "gateway/compose/view.h"
#include "gateway/decisions/record.h"
#include "gateway/decisions/resource.h"
#include "gateway/errors.h"
#include "gateway/submissions/resource.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/gateway/v1/submission.grpc.pb.h"

namespace puente::gateway {
namespace {

using compose::Inputs;
using compose::Results;
using compose::Rpc;
using compose::Section;
using education::v1::Certification;
using education::v1::CertificationService;
using education::v1::CompareMicrocredentialVersionsRequest;
using education::v1::GetCertificationRequest;
using education::v1::GetMicrocredentialVersionRequest;
using education::v1::MicrocredentialComparison;
using education::v1::MicrocredentialService;
using education::v1::MicrocredentialVersion;
using v1::CarryOverSubmissionRequest;

// What Education says of a submission as it was when it was asked.
struct Asked {
  std::string etag;
  Results results;
};

constexpr char kHeld[] = "certification";
constexpr char kComparison[] = "comparison";
constexpr char kDefinition[] = "definition";

absl::StatusOr<GetCertificationRequest> AskCertification(const Inputs& inputs) {
  GetCertificationRequest request;
  request.set_name(inputs.request<v1::Submission>().certification());
  return request;
}

absl::StatusOr<GetMicrocredentialVersionRequest> AskDefinition(const Inputs& inputs) {
  GetMicrocredentialVersionRequest request;
  request.set_name(inputs.request<v1::Submission>().microcredential_version());
  return request;
}

absl::StatusOr<CompareMicrocredentialVersionsRequest> AskComparison(const Inputs& inputs) {
  CompareMicrocredentialVersionsRequest request;
  request.set_microcredential_version(
      inputs.answer<Certification>(kHeld)->microcredential_version());
  request.set_other_version(inputs.request<v1::Submission>().microcredential_version());
  return request;
}

// What was certified, if the body that asks may certify the later version too.
absl::StatusOr<v1::Submission> ToCarryOver(const Call& call, sql::Session& session,
                                           const CarryOverSubmissionRequest& request) {
  ASSIGN_OR_RETURN(v1::Submission before, resource::Get(session, Submissions(), request.name()));
  RETURN_IF_ERROR(resource::CheckOwner(call, session, Submissions(), before).status());
  RETURN_IF_ERROR(resource::CheckEtag(before, request.etag()));
  if (before.state() != v1::SUBMISSION_STATE_CERTIFIED) {
    return resource::StateWrong(Submissions(), Submissions().state_wrong(), call.verb(), before,
                                {v1::SUBMISSION_STATE_CERTIFIED});
  }
  if (IsLaterVersion(request.microcredential_version(), before.microcredential_version())) {
    return before;
  }
  return InvalidFields(
      {Against(rule::kNotLaterVersion, "version"_is(before.microcredential_version()))
           .At("microcredential_version")});
}

absl::StatusOr<calls::Composer<CarryOverSubmissionRequest, Asked>> AskEducation(
    const Call& call, sql::Session& session, const CarryOverSubmissionRequest& request,
    compose::Executor& executor) {
  ASSIGN_OR_RETURN(const v1::Submission before, ToCarryOver(call, session, request));
  v1::Submission wanted;
  wanted.set_microcredential_version(request.microcredential_version());
  wanted.set_certification(before.certification());
  return [&executor, wanted, etag = before.etag()](
             std::shared_ptr<calls::Composition<CarryOverSubmissionRequest, Asked>> composition) {
    compose::RunView(executor, CarryOverPlan(), wanted, std::move(composition),
                     [etag](Results results) {
                       return Asked{etag, std::move(results)};
                     });
  };
}

absl::Status CheckEqual(const MicrocredentialComparison& comparison) {
  if (comparison.equal()) return absl::OkStatus();
  std::set<std::string> fields;
  for (const auto& difference : comparison.differences()) fields.insert(difference.field());
  return Error(error::kVersionsDiffer, "version"_is(comparison.other_version()),
               "certified"_is(comparison.microcredential_version()),
               "differences"_is(absl::StrJoin(fields, ", ")));
}

// On the day of the call, and until it ends.
absl::Status CheckHeld(const Call& call, const Certification& certification) {
  const absl::CivilDay today = LegalDay(call.start);
  const bool holds = absl::c_any_of(certification.periods(), [today](const auto& period) {
    return ToCivilDay(period.start_date()) <= today && today <= ToCivilDay(period.end_date());
  });
  if (holds && certification.state() == education::v1::CERTIFICATION_STATE_ACTIVE) {
    return absl::OkStatus();
  }
  return Error(error::kCertificationNotHeld, "name"_is(certification.name()),
               "day"_is(absl::FormatCivilTime(today)));
}

// It is carried over to no state in which it did not hold.
absl::StatusOr<std::vector<std::string>> StatesOfBoth(const Certification& held,
                                                      const std::set<std::string>& able) {
  if (held.state_codes().empty()) return std::vector<std::string>(able.begin(), able.end());
  std::vector<std::string> both;
  for (const std::string& state : held.state_codes()) {
    if (able.empty() || able.contains(state)) both.push_back(state);
  }
  if (!both.empty()) return both;
  return Error(error::kNoStateInScope, "name"_is(held.name()),
               "states"_is(absl::StrJoin(held.state_codes(), ", ")));
}

v1::Decision Decided(const Call& call, const v1::Submission& submission,
                     const Certification& held) {
  v1::Decision decision;
  decision.set_submission(submission.name());
  decision.set_kind(v1::DECISION_KIND_CERTIFY);
  decision.set_state(v1::DECISION_STATE_RECORDING);
  decision.set_organization(submission.organization());
  decision.set_actor(call.actor);
  decision.set_carries_over(held.name());
  *decision.mutable_start_date() = ToProto(LegalDay(call.start));
  *decision.mutable_end_date() = held.end_date();
  decision.set_conditions(held.conditions());
  resource::SetProvenance(call, Decisions(), decision);
  return decision;
}

absl::StatusOr<OwnerProof> CarryOverSubmission(const Call& call, journal::Transaction& tx,
                                               const CarryOverSubmissionRequest& request,
                                               const Asked& asked, v1::Submission& made) {
  for (const compose::Result& result : asked.results.sections()) RETURN_IF_ERROR(result.status);
  const auto& held = *asked.results.AnswerOf<Certification>(kHeld);
  ASSIGN_OR_RETURN(const v1::Submission before, ToCarryOver(call, tx, request));
  RETURN_IF_ERROR(resource::CheckEtag(before, asked.etag));
  RETURN_IF_ERROR(CheckNoAct(tx, kCertification, before.name()));
  ASSIGN_OR_RETURN(const v1::Certifier certifier, GuardBody(tx, before.name()));
  RETURN_IF_ERROR(CheckImpartial(certifier, before.organization(), call.actor));
  ASSIGN_OR_RETURN(
      const std::set<std::string> able,
      StatesCertified(call, certifier, *asked.results.AnswerOf<MicrocredentialVersion>(kDefinition),
                      LegalDay(call.start)));
  ASSIGN_OR_RETURN(const std::vector<std::string> states, StatesOfBoth(held, able));
  RETURN_IF_ERROR(CheckHeld(call, held));
  RETURN_IF_ERROR(CheckEqual(*asked.results.AnswerOf<MicrocredentialComparison>(kComparison)));

  // It counts as changed: of this and what is decided on it at once, one runs again.
  RETURN_IF_ERROR(resource::Replace(call, tx, Submissions(), before, before).status());

  const std::string& id = request.submission_id();
  const std::string body = certifier.name().substr(certifier.name().find('/') + 1);
  v1::Submission submission;
  submission.set_name(Submissions().pattern().Format({body, id}));
  submission.set_state(v1::SUBMISSION_STATE_CERTIFYING);
  submission.set_organization(before.organization());
  submission.set_microcredential_version(request.microcredential_version());
  submission.set_reviewer(call.actor);
  *submission.mutable_decide_time() = ToProto(call.start);
  resource::SetProvenance(call, Submissions(), submission);
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, tx, Submissions(), submission,
                                                          resource::Owned::kNew));
  v1::Decision decision = Decided(call, submission, held);
  decision.mutable_state_codes()->Assign(states.begin(), states.end());
  RETURN_IF_ERROR(BeginRecord(call, tx, submission, decision));
  submission.set_decision(Decisions().pattern().Format({body, id}));
  submission.set_certification(decision.certification());
  ASSIGN_OR_RETURN(made,
                   resource::Create(call, tx, Submissions(), {body, id}, std::move(submission)));
  RETURN_IF_ERROR(
      resource::Create(call, tx, Decisions(), {body, id}, std::move(decision)).status());
  return proof;
}

}  // namespace

const compose::Plan& CarryOverPlan() {
  using absl::StatusCode;
  static const auto* const plan = new compose::Plan(
      compose::Plan::Make(
          "certification.carry_over",
          {
              Section(
                  kHeld, compose::Agency::kEducation,
                  Rpc<CertificationService>(&CertificationService::Stub::async::GetCertification),
                  &AskCertification),
              Section(kDefinition, compose::Agency::kEducation,
                      Rpc<MicrocredentialService>(
                          &MicrocredentialService::Stub::async::GetMicrocredentialVersion),
                      &AskDefinition)
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument}),
              Section(kComparison, compose::Agency::kEducation,
                      Rpc<MicrocredentialService>(
                          &MicrocredentialService::Stub::async::CompareMicrocredentialVersions),
                      &AskComparison)
                  .After({kHeld})
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument,
                               StatusCode::kFailedPrecondition}),
          })
          .value());
  return *plan;
}

void ServeCarryOver(calls::Host& host, compose::Executor& executor) {
  host.Serve<v1::SubmissionService>().ComposeAndMutateOwned<&AskEducation, &CarryOverSubmission>(
      executor);
}

}  // namespace puente::gateway
