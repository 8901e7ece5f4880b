#include "modules/education/certifications/service.h"

#include <utility>
#include <vector>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/provenance.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/education/certifications/resource.h"
#include "modules/education/certifications/rules.h"
#include "modules/education/certifications/store.h"
#include "modules/education/coverage/service.h"
#include "modules/education/errors.h"
#include "modules/education/microcredential_versions/resource.h"
#include "puente/education/v1/certification.grpc.pb.h"

namespace puente::education {
namespace {

constexpr char kEnd[] = "certifications.end";

// What was decided up to its last day is recorded after it, too: that it is over decides nothing.
const resource::Turn<v1::Certification>& Over() {
  static const auto* const over = new resource::Turn<v1::Certification>{
      "certifications.expire", Certifications(), &OverFrom,
      [](const Call&, v1::Certification& certification) { Expire(certification); }};
  return *over;
}

// What changes from now on counts among what is certified, and ends by itself.
absl::Status Follow(journal::Transaction& tx, const v1::Certification& certification) {
  RETURN_IF_ERROR(coverage::CountSoon(tx, certification.microcredential_version()));
  return Over().Await(tx, certification);
}

// That no other of the body is on days of this one. Who records or renews another of the version
// at once waits at the guard, and then sees this one.
absl::Status CheckAlone(const Call& call, journal::Transaction& tx,
                        v1::Certification& certification) {
  const std::string& version = certification.microcredential_version();
  ASSIGN_OR_RETURN(const auto certified, resource::GuardFirst(tx, MicrocredentialVersions(),
                                                              version, "microcredential_version"));
  certification.set_organization(certified.organization());
  if (certified.state() != v1::MICROCREDENTIAL_STATE_PUBLISHED) {
    return resource::StateWrong(MicrocredentialVersions(), MicrocredentialVersions().state_wrong(),
                                call.verb(), certified, {v1::MICROCREDENTIAL_STATE_PUBLISHED});
  }
  ASSIGN_OR_RETURN(const auto others, store::CertificationsOf(tx, version));
  for (const v1::Certification& other : others) {
    if (other.name() == certification.name() || other.certifier() != certification.certifier() ||
        !Overlap(certification, other)) {
      continue;
    }
    return Error(error::kCertificationOverlaps, "certifier"_is(other.certifier()),
                 "version"_is(version), "other"_is(other.name()),
                 "start"_is(absl::FormatCivilTime(ToCivilDay(other.start_date()))),
                 "end"_is(absl::FormatCivilTime(ToCivilDay(other.end_date()))));
  }
  return absl::OkStatus();
}

// "certifiers/x" of "certifiers/x/submissions/y".
std::string CertifierOf(const std::string& submission) {
  return submission.substr(0, submission.find('/', submission.find('/') + 1));
}

v1::Certification Decided(const v1::RecordCertificationRequest& request) {
  v1::Certification certification;
  certification.set_name(Certifications().pattern().Format({request.certification_id()}));
  certification.set_microcredential_version(request.microcredential_version());
  certification.set_submission(request.submission());
  certification.set_certifier(CertifierOf(request.submission()));
  *certification.mutable_start_date() = request.start_date();
  *certification.mutable_end_date() = request.end_date();
  certification.set_conditions(request.conditions());
  *certification.mutable_state_codes() = request.state_codes();
  *certification.mutable_decision_time() = request.decision_time();
  Begin(certification);
  return certification;
}

absl::StatusOr<OwnerProof> RecordCertification(const Call& call, journal::Transaction& tx,
                                               const v1::RecordCertificationRequest& request,
                                               v1::Certification& recorded) {
  v1::Certification certification = Decided(request);
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, tx, Certifications(), certification,
                                                          resource::Owned::kNew));
  RETURN_IF_ERROR(InvalidFields(CheckDecisionTime(certification, call.start)));
  RETURN_IF_ERROR(InvalidFields(CheckFirstDay(certification)));
  RETURN_IF_ERROR(InvalidFields(
      resource::CheckProvenance(call, Certifications(), certification, "certification")));
  resource::SetProvenance(call, Certifications(), certification);
  RETURN_IF_ERROR(CheckAlone(call, tx, certification));
  RETURN_IF_ERROR(store::CheckNotLeft(tx, certification.certifier()));
  RETURN_IF_ERROR(Follow(tx, certification));
  ASSIGN_OR_RETURN(recorded,
                   resource::Create(call, tx, Certifications(), {request.certification_id()},
                                    std::move(certification)));
  return proof;
}

absl::Status CheckNotEnded(const Call& call, const v1::Certification& before,
                           const v1::Certification& after) {
  RETURN_IF_ERROR(InvalidFields(CheckDecisionTime(after, call.start)));
  if (!EndedBefore(before, after)) return absl::OkStatus();
  return Error(error::kCertificationEnded, "name"_is(before.name()),
               "end"_is(absl::FormatCivilTime(ToCivilDay(before.end_date()))));
}

// Suspends or withdraws; what is to be so from a later day on, sooner.
absl::Status StopFromDay(const Call& call, journal::Transaction& tx,
                         const v1::Certification& before, v1::Certification& after) {
  if (before.state() == after.state() &&
      ToCivilDay(after.state_date()) >= ToCivilDay(before.state_date())) {
    return resource::StateWrong(Certifications(), Certifications().state_wrong(), call.verb(),
                                before, {v1::CERTIFICATION_STATE_ACTIVE});
  }
  RETURN_IF_ERROR(CheckNotEnded(call, before, after));
  RETURN_IF_ERROR(InvalidFields(CheckStateDate(before, after)));
  Stop(after);
  return Follow(tx, after);
}

absl::Status ResumeCertification(const Call& call, journal::Transaction& tx,
                                 const v1::Certification& before, v1::Certification& after) {
  if (StateUpToTheEnd(before) != v1::CERTIFICATION_STATE_SUSPENDED) {
    return resource::StateWrong(Certifications(), Certifications().state_wrong(), call.verb(),
                                before, {v1::CERTIFICATION_STATE_SUSPENDED});
  }
  RETURN_IF_ERROR(store::CheckNotLeft(tx, before.certifier()));
  RETURN_IF_ERROR(CheckNotEnded(call, before, after));
  RETURN_IF_ERROR(InvalidFields(CheckStateDate(before, after)));
  RETURN_IF_ERROR(InvalidFields(CheckResumption(before, after)));
  GoOn(after);
  return Follow(tx, after);
}

absl::Status RenewCertification(const Call& call, journal::Transaction& tx,
                                const v1::Certification& before, v1::Certification& after) {
  RETURN_IF_ERROR(CheckNotEnded(call, before, after));
  RETURN_IF_ERROR(InvalidFields(CheckRenewal(before, after)));
  *after.mutable_state_codes() = before.state_codes();
  RETURN_IF_ERROR(store::CheckNotLeft(tx, before.certifier()));
  Extend(after, StateUpToTheEnd(before));
  RETURN_IF_ERROR(Follow(tx, after));
  return CheckAlone(call, tx, after);
}

absl::StatusOr<v1::EndCertificationsResponse> EndCertifications(
    const Call& call, journal::Transaction& tx, const v1::EndCertificationsRequest& request) {
  // What was answered today, while the step was on its way, stays so.
  const absl::CivilDay from = std::max(ToCivilDay(request.state_date()), LegalDay(call.start) + 1);
  RETURN_IF_ERROR(
      store::Leave(tx, request.certifier(),
                   {from, std::max(from, ToCivilDay(request.teach_out_date())), request.reason()}));
  tx.Changed(request.certifier(), 1, crypto::Sha256(crypto::Canonical(request)));
  RETURN_IF_ERROR(due::Schedule(tx, {kEnd, request.certifier(), ""}));
  return v1::EndCertificationsResponse();
}

// Until none is left that holds, or may come to hold.
absl::StatusOr<due::Next> EndSome(const due::Slice& slice) {
  const std::string& certifier = slice.task.key;
  ASSIGN_OR_RETURN(const auto exit, store::ReadExit(slice.session, certifier));
  if (!exit.has_value()) return due::Next::Done();
  ASSIGN_OR_RETURN(const auto some, store::SomeOf(slice.session, certifier, exit->state_date));
  if (some.empty()) return due::Next::Done();
  return due::Next::Now("").Writing(
      [&call = slice.call, exit = *exit, some](journal::Transaction& tx) -> absl::Status {
        for (const v1::Certification& before : some) {
          v1::Certification after = before;
          TeachOut(after, exit.state_date, exit.teach_out_date);
          after.set_state_reason(exit.reason);
          RETURN_IF_ERROR(Follow(tx, after));
          RETURN_IF_ERROR(
              resource::Replace(call, tx, Certifications(), before, std::move(after)).status());
        }
        return absl::OkStatus();
      });
}

absl::StatusOr<v1::CertificationStatus> GetCertificationStatus(
    const Call& call, sql::Session& session, const v1::GetCertificationStatusRequest& request) {
  const std::string& version = request.microcredential_version();
  RETURN_IF_ERROR(
      resource::Get(session, MicrocredentialVersions(), version, "microcredential_version")
          .status());
  const absl::CivilDay day = request.has_date() ? ToCivilDay(request.date()) : LegalDay(call.start);
  const absl::CivilDay began = request.has_begin_date() ? ToCivilDay(request.begin_date()) : day;
  if (day < began) {
    return InvalidFields(
        {Against(rule::kAfterDay, "day"_is(absl::FormatCivilTime(day))).At("begin_date")});
  }
  v1::CertificationStatus status;
  status.set_microcredential_version(version);
  *status.mutable_date() = ToProto(day);
  *status.mutable_begin_date() = ToProto(began);
  status.set_state_code(request.state_code());
  ASSIGN_OR_RETURN(std::vector<v1::Certification> all, store::CertificationsOf(session, version));
  for (v1::Certification& certification : all) {
    if (!request.state_code().empty() && !HoldsIn(certification, request.state_code())) continue;
    if (HoldsFor(certification, began, day))
      *status.add_certifications() = std::move(certification);
  }
  status.set_certified(!status.certifications().empty());
  return status;
}

}  // namespace

void ServeCertifications(calls::Host& host, due::Scheduler& due) {
  due.Handle(Over().kind, Over().Work());
  due.Handle(kEnd, &EndSome);
  calls::Service& service = host.Serve<v1::CertificationService>();
  service.MutateOwned<&RecordCertification>();
  service.Mutate<&EndCertifications>();
  service.Read<&GetCertificationStatus>();
  resource::Serve(host, Certifications(),
                  {.verbs = {{.verb = "SuspendCertification", .prepare = &StopFromDay},
                             {.verb = "ResumeCertification", .prepare = &ResumeCertification},
                             {.verb = "WithdrawCertification", .prepare = &StopFromDay},
                             {.verb = "RenewCertification", .prepare = &RenewCertification}}});
}

}  // namespace puente::education
