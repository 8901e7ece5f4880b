// What an organization may change of its own.
#include "google/protobuf/empty.pb.h"
#include "modules/education/module.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/program.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using Organizations = v1::OrganizationService;
using Campuses = v1::CampusService;
using Programs = v1::ProgramService;

struct Caller {
  Caller(const sql::Target& database, const std::string& path)
      : hosted(Education(), database, path),
        organizations(Organizations::NewStub(hosted.channel())),
        campuses(Campuses::NewStub(hosted.channel())),
        programs(Programs::NewStub(hosted.channel())) {}

  absl::StatusOr<v1::Organization> Update(const v1::Organization& changes) {
    v1::UpdateOrganizationRequest request;
    *request.mutable_organization() = changes;
    request.mutable_organization()->set_name("organizations/a");
    return Called(*organizations, &Organizations::Stub::UpdateOrganization, request);
  }
  absl::Status Update(const v1::Campus& campus) {
    v1::UpdateCampusRequest request;
    request.mutable_campus()->set_name(campus.name());
    request.mutable_campus()->set_title_es("Otro plantel");
    return Called(*campuses, &Campuses::Stub::UpdateCampus, request).status();
  }
  absl::Status Update(const v1::ProgramVersion& version) {
    v1::UpdateProgramVersionRequest request;
    request.mutable_program_version()->set_name(version.name());
    request.mutable_program_version()->set_title_es("Otro programa");
    return Called(*programs, &Programs::Stub::UpdateProgramVersion, request).status();
  }
  absl::StatusOr<v1::Campus> CreateCampus(const std::string& id) {
    return Called(*campuses, &Campuses::Stub::CreateCampus, testing::NewCampus("a", id));
  }
  absl::StatusOr<v1::ProgramVersion> CreateProgram(int number) {
    return Called(*programs, &Programs::Stub::CreateProgramVersion,
                  testing::NewProgram("p", number, "a"));
  }
  absl::Status Delete(const v1::Campus& campus) {
    v1::DeleteCampusRequest request;
    request.set_name(campus.name());
    return Called(*campuses, &Campuses::Stub::DeleteCampus, request).status();
  }
  absl::Status Delete(const v1::ProgramVersion& version) {
    v1::DeleteProgramVersionRequest request;
    request.set_name(version.name());
    return Called(*programs, &Programs::Stub::DeleteProgramVersion, request).status();
  }
  // RegisterOrganization and the like.
  template <class Request>
  absl::Status Move(grpc::Status (Organizations::Stub::*verb)(grpc::ClientContext*, const Request&,
                                                              v1::Organization*)) {
    Request request;
    request.set_name("organizations/a");
    request.set_reason("acta 1");
    return Called(*organizations, verb, request, nullptr, "", "registrar-1").status();
  }

  HostedModule hosted;
  std::unique_ptr<Organizations::Stub> organizations;
  std::unique_ptr<Campuses::Stub> campuses;
  std::unique_ptr<Programs::Stub> programs;
};

class Owners : public ::testing::Test {
 protected:
  Owners()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        ministry_(target_, "agency/education"),
        organization_(target_, "organization/a") {
    EXPECT_OK(Called(*ministry_.organizations, &Organizations::Stub::CreateOrganization,
                     testing::NewOrganization("a")));
    EXPECT_OK(Called(*v1::CreditRuleService::NewStub(ministry_.hosted.channel()),
                     &v1::CreditRuleService::Stub::CreateCreditRule, testing::DefaultRule()));
  }

  static v1::Organization Renamed(const std::string& legal_name) {
    v1::Organization changes;
    changes.set_legal_name(legal_name);
    return changes;
  }
  static v1::Organization Moved(const std::string& municipality) {
    v1::Organization changes;
    changes.set_municipality(municipality);
    return changes;
  }

  const sql::Target target_;
  Caller ministry_;
  Caller organization_;
};

TEST_F(Owners, DoNotSayWhereTheirRecordsComeFrom) {
  ASSERT_OK(organization_.Update(Moved("Cholula")));
  v1::Organization source, kind;
  source.set_source("dgp");
  kind.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  for (const auto& changes : {source, kind}) {
    ASSERT_OK_AND_ASSIGN(const auto kept, organization_.Update(changes));
    EXPECT_EQ(kept.source(), "organization.a");
    EXPECT_EQ(kept.record_kind(), type::v1::RECORD_KIND_REAL);
  }
  ASSERT_OK_AND_ASSIGN(const auto corrected, ministry_.Update(source));
  EXPECT_EQ(corrected.source(), "dgp");
}

// Else who is registered could become another.
TEST_F(Owners, DoNotChangeWhatTheyAreRegisteredBy) {
  v1::Organization kind, identified;
  kind.set_kind(v1::ORGANIZATION_KIND_TRAINING_CENTRE);
  v1::OrganizationIdentifier& identifier = *identified.add_identifiers();
  identifier.set_scheme(v1::IDENTIFIER_SCHEME_DGP);
  identifier.set_value("010001");
  for (const auto& [changes, field] :
       {std::pair(Renamed("UNAM"), "legal_name"), std::pair(kind, "kind"),
        std::pair(identified, "identifiers")}) {
    const auto refused = organization_.Update(changes);
    EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
    EXPECT_EQ(MetadataOf(refused.status(), "field"), absl::StrCat("organization.", field));
    EXPECT_EQ(MetadataOf(refused.status(), "rule"), "IN_REGISTER");
    EXPECT_OK(ministry_.Update(changes));
    EXPECT_OK(organization_.Update(changes)) << "which is as it stands";
  }
  Caller applicant(target_, "organization/b");
  ASSERT_OK(Called(*applicant.organizations, &Organizations::Stub::CreateOrganization,
                   testing::NewOrganization("b")));
  v1::UpdateOrganizationRequest request;
  *request.mutable_organization() = Renamed("Otra escuela");
  request.mutable_organization()->set_name("organizations/b");
  EXPECT_OK(Called(*applicant.organizations, &Organizations::Stub::UpdateOrganization, request))
      << "nobody has registered it yet";
}

TEST_F(Owners, LeaveItToTheAgencyToSayWhereItsRecordsComeFrom) {
  for (const char* field : {"source", "record_kind"}) {
    v1::UpdateOrganizationRequest request;
    request.mutable_organization()->set_name("organizations/a");
    request.mutable_update_mask()->add_paths(field);
    const absl::Status refused =
        Called(*ministry_.organizations, &Organizations::Stub::UpdateOrganization, request)
            .status();
    EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
    EXPECT_EQ(MetadataOf(refused, "field"), std::string("organization.") + field);
    EXPECT_EQ(MetadataOf(refused, "rule"), "REQUIRED");
  }
  v1::CreateOrganizationRequest unsaid = testing::NewOrganization("b");
  unsaid.mutable_organization()->clear_source();
  unsaid.mutable_organization()->clear_record_kind();
  const absl::Status refused =
      Called(*ministry_.organizations, &Organizations::Stub::CreateOrganization, unsaid).status();
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(refused, "count"), "2");
}

TEST_F(Owners, ChangeNothingWhileTheyAreSuspendedOrWithdrawn) {
  ASSERT_OK_AND_ASSIGN(const auto campus, organization_.CreateCampus("one"));
  ASSERT_OK_AND_ASSIGN(const auto draft, organization_.CreateProgram(1));
  const auto expect_refused = [&] {
    const auto wrong = HasReason("ORGANIZATION_STATE_WRONG");
    EXPECT_THAT(organization_.Update(Moved("Otro")), wrong);
    EXPECT_THAT(organization_.CreateCampus("two"), wrong);
    EXPECT_THAT(organization_.Update(campus), wrong);
    EXPECT_THAT(organization_.Delete(campus), wrong);
    EXPECT_THAT(organization_.CreateProgram(2), wrong);
    EXPECT_THAT(organization_.Update(draft), wrong);
    EXPECT_THAT(organization_.Delete(draft), wrong);
    EXPECT_OK(ministry_.Update(Renamed("La misma escuela")));
    EXPECT_OK(ministry_.Update(campus));
    EXPECT_OK(ministry_.Update(draft));
  };
  ASSERT_OK(ministry_.Move(&Organizations::Stub::SuspendOrganization));
  expect_refused();
  ASSERT_OK(ministry_.Move(&Organizations::Stub::RegisterOrganization));
  EXPECT_OK(organization_.Update(Moved("Otra vez")));
  EXPECT_OK(organization_.Update(campus));
  EXPECT_OK(organization_.Update(draft));
  ASSERT_OK(organization_.Move(&Organizations::Stub::WithdrawOrganization));
  expect_refused();
}

TEST_F(Owners, PrepareWhatTheyNeedBeforeTheyAreRegistered) {
  Caller applicant(target_, "organization/b");
  ASSERT_OK_AND_ASSIGN(const auto applied,
                       Called(*applicant.organizations, &Organizations::Stub::CreateOrganization,
                              testing::NewOrganization("b")));
  EXPECT_EQ(applied.state(), v1::ORGANIZATION_STATE_APPLIED);
  EXPECT_OK(
      Called(*applicant.campuses, &Campuses::Stub::CreateCampus, testing::NewCampus("b", "one")));
  EXPECT_OK(Called(*applicant.programs, &Programs::Stub::CreateProgramVersion,
                   testing::NewProgram("of-b", 1, "b")));
}

}  // namespace
}  // namespace puente::education
