// What awards rest on: a certified version, and passed assessments of it by the thousand.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/testing/hosted.h"

namespace puente::education::testing {

using ::puente::testing::Called;

inline constexpr char kVersion[] = "microcredentials/m/versions/1";

// So many days after today, in Mexico City.
inline absl::CivilDay InDays(int days) { return LegalDay(absl::Now()) + days; }

// Publishes "microcredentials/{microcredential}/versions/1".
inline absl::Status PublishVersion(const std::shared_ptr<grpc::Channel>& ministry,
                                   const std::string& microcredential) {
  const auto stub = v1::MicrocredentialService::NewStub(ministry);
  using Stub = v1::MicrocredentialService::Stub;
  RETURN_IF_ERROR(
      Called(*stub, &Stub::CreateMicrocredentialVersion, NewMicrocredential(microcredential, 1))
          .status());
  v1::PublishMicrocredentialVersionRequest request;
  request.set_name(absl::StrCat("microcredentials/", microcredential, "/versions/1"));
  return Called(*stub, &Stub::PublishMicrocredentialVersion, request).status();
}

// How a version is certified: from one day to another, counted from today.
struct Certified {
  std::string id;
  int first = 0;
  int last = 0;
  std::string version = kVersion;
  std::vector<std::string> states = {};
  std::string certifier = "a";
};
inline absl::Status Record(const std::shared_ptr<grpc::Channel>& gateway,
                           const Certified& certified) {
  v1::RecordCertificationRequest request;
  request.set_certification_id(certified.id);
  request.set_microcredential_version(certified.version);
  request.set_submission(
      absl::StrCat("certifiers/", certified.certifier, "/submissions/s-", certified.id));
  *request.mutable_start_date() = ToProto(InDays(certified.first));
  *request.mutable_end_date() = ToProto(InDays(certified.last));
  for (const std::string& state : certified.states) request.add_state_codes(state);
  *request.mutable_decision_time() =
      ToProto(absl::Now() + std::min(certified.first, 0) * absl::Hours(24));
  const auto stub = v1::CertificationService::NewStub(gateway);
  return puente::testing::CalledFor("certifier/" + certified.certifier, *stub,
                                    &v1::CertificationService::Stub::RecordCertification, request)
      .status();
}

// Organizations a and b with a campus each, and a published version that is certified.
inline absl::Status MayAward(const std::shared_ptr<grpc::Channel>& ministry,
                             const std::shared_ptr<grpc::Channel>& gateway) {
  const auto organizations = v1::OrganizationService::NewStub(ministry);
  const auto campuses = v1::CampusService::NewStub(ministry);
  for (const char* id : {"a", "b"}) {
    RETURN_IF_ERROR(Called(*organizations, &v1::OrganizationService::Stub::CreateOrganization,
                           NewOrganization(id))
                        .status());
    RETURN_IF_ERROR(
        Called(*campuses, &v1::CampusService::Stub::CreateCampus, NewCampus(id, "north")).status());
  }
  RETURN_IF_ERROR(PublishVersion(ministry, "m"));
  return Record(gateway, {"c", -400, 400, kVersion, {}, "a"});
}

// Statements that store a learner, an enrolment in the published version and a passed assessment
// each, below organization a, with ids s-1, ….
inline std::vector<std::string> Earned(int64_t count) {
  const std::string rest = absl::StrCat(", 'test', 1, NOW(6), NOW(6) FROM seq_1_to_", count);
  return {
      absl::StrCat("INSERT INTO learner (organization, id, version, person, state, duplicate_of,"
                   " identifier_scheme, sex, birth_years, state_code, sealed, source,"
                   " record_kind, create_time, update_time) SELECT 'a', CONCAT('s-', seq), 1,"
                   " '', 1, '', 1, 1, '2000-2004', '21', ''",
                   rest),
      absl::StrCat("INSERT INTO enrolment (organization, id, version, learner,"
                   " microcredential_version, program, campus, begin_date, state, state_reason,"
                   " sex, birth_years, state_code, goes_on, source, record_kind, create_time,"
                   " update_time) SELECT 'a', CONCAT('s-', seq), 1,"
                   " CONCAT('organizations/a/learners/s-', seq), '",
                   kVersion, "', '', '', '", absl::FormatCivilTime(InDays(-30)),
                   "', 1, '', 1, '2000-2004', '21', 1", rest),
      absl::StrCat("INSERT INTO assessment (organization, id, version, enrolment, learner,"
                   " microcredential_version, certifier, centre, evaluator, instrument,"
                   " supervision, identity_check, attempt, assess_date, state, grade,"
                   " state_reason, source, record_kind, create_time, update_time) SELECT 'a',"
                   " CONCAT('s-', seq), 1, CONCAT('organizations/a/enrolments/s-', seq),"
                   " CONCAT('organizations/a/learners/s-', seq), '",
                   kVersion, "', '', '', 'e', 'i', 2, 3, 1, '", absl::FormatCivilTime(InDays(-10)),
                   "', 2, '9', ''", rest)};
}

}  // namespace puente::education::testing
