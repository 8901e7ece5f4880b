#include "modules/education/certifications/service.h"

#include <utility>
#include <vector>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/provenance.h"
#include "common/resource/serve.h"
#include "modules/education/certifications/resource.h"
#include "modules/education/certifications/rules.h"
#include "modules/education/errors.h"
#include "modules/education/microcredential_versions/resource.h"
#include "puente/education/v1/certification.grpc.pb.h"

namespace puente::education {
namespace {

absl::StatusOr<std::vector<v1::Certification>> CertificationsOf(sql::Session& session,
                                                                const std::string& version) {
  return resource::Select(session, Certifications(), "education.certification.of_version",
                          "FORCE INDEX (by_version) WHERE microcredential_version = ? ORDER BY id",
                          {version});
}

// That no other of the body is on days of this one. Who records or renews another of the version
// at once waits at the guard, and then sees this one.
absl::Status CheckAlone(const Call& call, journal::Transaction& tx,
                        const v1::Certification& certification) {
  const std::string& version = certification.microcredential_version();
  ASSIGN_OR_RETURN(const auto certified, resource::GuardFirst(tx, MicrocredentialVersions(),
                                                              version, "microcredential_version"));
  if (certified.state() != v1::MICROCREDENTIAL_STATE_PUBLISHED) {
    return resource::StateWrong(MicrocredentialVersions(), MicrocredentialVersions().state_wrong(),
                                call.verb(), certified, {v1::MICROCREDENTIAL_STATE_PUBLISHED});
  }
  ASSIGN_OR_RETURN(const auto others, CertificationsOf(tx, version));
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

template <void (*change)(v1::Certification&)>
absl::Status FromDay(const Call& call, journal::Transaction&, const v1::Certification& before,
                     v1::Certification& after) {
  RETURN_IF_ERROR(CheckNotEnded(call, before, after));
  RETURN_IF_ERROR(InvalidFields(CheckStateDate(before, after)));
  change(after);
  return absl::OkStatus();
}

absl::Status Renew(const Call& call, journal::Transaction& tx, const v1::Certification& before,
                   v1::Certification& after) {
  RETURN_IF_ERROR(CheckNotEnded(call, before, after));
  RETURN_IF_ERROR(InvalidFields(CheckRenewal(before, after)));
  Extend(after);
  return CheckAlone(call, tx, after);
}

absl::StatusOr<v1::CertificationStatus> GetCertificationStatus(
    const Call& call, sql::Session& session, const v1::GetCertificationStatusRequest& request) {
  const std::string& version = request.microcredential_version();
  RETURN_IF_ERROR(
      resource::Get(session, MicrocredentialVersions(), version, "microcredential_version")
          .status());
  const absl::CivilDay day = request.has_date() ? ToCivilDay(request.date()) : LegalDay(call.start);
  v1::CertificationStatus status;
  status.set_microcredential_version(version);
  *status.mutable_date() = ToProto(day);
  ASSIGN_OR_RETURN(std::vector<v1::Certification> all, CertificationsOf(session, version));
  for (v1::Certification& certification : all) {
    if (HoldsOn(certification, day)) *status.add_certifications() = std::move(certification);
  }
  status.set_certified(!status.certifications().empty());
  return status;
}

}  // namespace

void ServeCertifications(calls::Host& host) {
  calls::Service& service = host.Serve<v1::CertificationService>();
  service.MutateOwned<&RecordCertification>();
  service.Read<&GetCertificationStatus>();
  resource::Serve(host, Certifications(),
                  {.verbs = {{.verb = "SuspendCertification", .prepare = &FromDay<&Stop>},
                             {.verb = "ResumeCertification", .prepare = &FromDay<&GoOn>},
                             {.verb = "WithdrawCertification", .prepare = &FromDay<&Stop>},
                             {.verb = "RenewCertification", .prepare = &Renew}}});
}

}  // namespace puente::education
