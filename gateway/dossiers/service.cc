#include "gateway/dossiers/service.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "common/calls/service.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/owner.h"
#include "common/resource/provenance.h"
#include "common/resource/serve.h"
#include "common/sql/error.h"
#include "common/status/macros.h"
#include "gateway/certification/dossier.h"
#include "gateway/certifiers/checks.h"
#include "gateway/compose/view.h"
#include "gateway/decisions/resource.h"
#include "gateway/dossiers/resource.h"
#include "gateway/errors.h"
#include "gateway/submissions/resource.h"
#include "puente/gateway/v1/dossier.grpc.pb.h"

namespace puente::gateway {
namespace {

using compose::Results;
using v1::OpenDossierRequest;

constexpr char kExpire[] = "dossiers.expire";
// For how long one can be decided on.
constexpr absl::Duration kDecidable = absl::Hours(30 * 24);
// After it has expired: no decision that was begun before is still to be stored then.
constexpr absl::Duration kGone = absl::Hours(24);

// What can be decided by the body that asks: what is in review, and what it may still change its
// mind about.
absl::StatusOr<v1::Submission> ToDecide(const Call& call, sql::Session& session,
                                        const std::string& name) {
  ASSIGN_OR_RETURN(v1::Submission submission,
                   resource::Get(session, Submissions(), name, "submission"));
  RETURN_IF_ERROR(resource::CheckOwner(call, session, Submissions(), submission,
                                       resource::Owned::kStored, "submission")
                      .status());
  switch (submission.state()) {
    case v1::SUBMISSION_STATE_SUBMITTED:
    case v1::SUBMISSION_STATE_WITHDRAWN:
      return resource::StateWrong(Submissions(), Submissions().state_wrong(), call.verb(),
                                  submission,
                                  {v1::SUBMISSION_STATE_IN_REVIEW, v1::SUBMISSION_STATE_CERTIFIED,
                                   v1::SUBMISSION_STATE_RETURNED, v1::SUBMISSION_STATE_REJECTED});
    default:
      return submission;
  }
}

// Others are asked only for who may decide.
absl::StatusOr<calls::Composer<OpenDossierRequest, Results>> AskForDossier(
    const Call& call, sql::Session& session, const OpenDossierRequest& request,
    compose::Executor& executor) {
  ASSIGN_OR_RETURN(const v1::Submission submission, ToDecide(call, session, request.submission()));
  v1::PreviewDossierRequest preview;
  preview.set_microcredential_version(submission.microcredential_version());
  return [&executor,
          preview](std::shared_ptr<calls::Composition<OpenDossierRequest, Results>> composition) {
    compose::RunView(executor, certification::DossierPlan(), preview, std::move(composition),
                     [](Results results) { return results; });
  };
}

// What belongs to an organization, no other has certified; and nothing that the body does not
// certify, by all that it says.
absl::Status CheckDefinition(const Call& call, const v1::Certifier& certifier,
                             const v1::Submission& submission, const Results& results) {
  const auto* version = results.AnswerOf<education::v1::MicrocredentialVersion>("definition");
  if (version == nullptr) return absl::OkStatus();
  if (version->organization().empty() || version->organization() == submission.organization()) {
    // What it has certified it may still suspend and withdraw.
    if (submission.state() != v1::SUBMISSION_STATE_IN_REVIEW) return absl::OkStatus();
    return StatesCertified(call, certifier, *version, LegalDay(call.start)).status();
  }
  return Error(error::kNotItsVersion, "version"_is(version->name()),
               "owner"_is(version->organization()), "organization"_is(submission.organization()));
}

v1::DossierSection Freeze(const compose::Result& result) {
  v1::DossierSection section;
  section.set_section(result.name);
  *section.mutable_provenance() = result.provenance;
  if (result.answer == nullptr) return section;
  section.set_answer_type(result.answer->GetDescriptor()->full_name());
  section.set_answer(crypto::Canonical(*result.answer));
  return section;
}

absl::StatusOr<OwnerProof> OpenDossier(const Call& call, journal::Transaction& tx,
                                       const OpenDossierRequest& request, const Results& results,
                                       v1::Dossier& opened) {
  ASSIGN_OR_RETURN(const v1::Submission submission, ToDecide(call, tx, request.submission()));
  ASSIGN_OR_RETURN(const v1::Certifier certifier, GuardBody(tx, submission.name()));
  RETURN_IF_ERROR(CheckImpartial(certifier, submission.organization(), call.actor));
  RETURN_IF_ERROR(CheckDefinition(call, certifier, submission, results));
  v1::Dossier dossier;
  dossier.set_submission(submission.name());
  dossier.set_certifier(certifier.name());
  dossier.set_organization(submission.organization());
  dossier.set_microcredential_version(submission.microcredential_version());
  dossier.set_actor(call.actor);
  const absl::Time expire = call.start + kDecidable;
  *dossier.mutable_expire_time() = ToProto(expire);
  for (const compose::Result& result : results.sections()) {
    *dossier.add_sections() = Freeze(result);
  }
  resource::SetProvenance(call, Dossiers(), dossier);
  ASSIGN_OR_RETURN(OwnerProof proof,
                   resource::CheckOwner(call, tx, Dossiers(), dossier, resource::Owned::kNew));
  RETURN_IF_ERROR(due::Schedule(tx, {kExpire, request.dossier_id(), "", expire + kGone}));
  ASSIGN_OR_RETURN(
      opened, resource::Create(call, tx, Dossiers(), {request.dossier_id()}, std::move(dossier)));
  return proof;
}

absl::Status Corrupt() { return Error(sql::error::kRowCorrupt, "column"_is("sections")); }

// What Freeze() made of it, again.
absl::StatusOr<compose::Result> Thaw(const v1::DossierSection& section) {
  compose::Result result;
  result.name = section.section();
  result.provenance = section.provenance();
  if (section.answer_type().empty()) return result;
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      section.answer_type());
  if (type == nullptr || crypto::Sha256(section.answer()) != section.provenance().digest()) {
    return Corrupt();
  }
  const std::shared_ptr<google::protobuf::Message> answer(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  if (!answer->ParseFromString(section.answer())) return Corrupt();
  result.answer = answer;
  return result;
}

absl::StatusOr<OwnerProof> GetDossierContent(const Call& call, sql::Session& session,
                                             const v1::GetDossierContentRequest& request,
                                             v1::DossierPreview& content) {
  ASSIGN_OR_RETURN(const v1::Dossier dossier, resource::Get(session, Dossiers(), request.name()));
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, session, Dossiers(), dossier));
  std::vector<compose::Result> results;
  // Of a section that the plan did not have then, nothing is known.
  for (const compose::Section& planned : certification::DossierPlan().sections()) {
    const auto kept = absl::c_find_if(dossier.sections(), [&](const v1::DossierSection& section) {
      return section.section() == planned.name();
    });
    if (kept == dossier.sections().end()) {
      results.emplace_back().name = planned.name();
    } else {
      ASSIGN_OR_RETURN(results.emplace_back(), Thaw(*kept));
    }
  }
  content = certification::ComposeDossier(compose::Results(std::move(results)),
                                          dossier.microcredential_version(),
                                          FromProto(dossier.create_time()), call.locale);
  return proof;
}

absl::StatusOr<due::Next> Expire(const due::Slice& slice) {
  const std::string name = Dossiers().pattern().Format({slice.task.key});
  ASSIGN_OR_RETURN(const auto decisions,
                   resource::Select(slice.session, Decisions(), "gateway.decision.of_dossier",
                                    "WHERE dossier = ? LIMIT 1", {name}));
  if (!decisions.empty()) return due::Next::Done();
  ASSIGN_OR_RETURN(const v1::Dossier dossier, resource::Get(slice.session, Dossiers(), name));
  return due::Next::Done().Writing(
      [dossier](journal::Transaction& tx) { return resource::Delete(tx, Dossiers(), dossier); });
}

}  // namespace

void ServeDossiers(calls::Host& host, compose::Executor& executor) {
  calls::Service& service = host.Serve<v1::DossierService>();
  service.ComposeAndMutateOwned<&AskForDossier, &OpenDossier>(executor);
  service.ReadOwned<&GetDossierContent>();
  resource::Serve(host, Dossiers());
}

void HandleDossiers(due::Scheduler& due) { due.Handle(kExpire, &Expire); }

}  // namespace puente::gateway
