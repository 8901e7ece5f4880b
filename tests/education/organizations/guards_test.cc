// Rules that rest on another row, while another transaction changes that row.
#include "google/protobuf/empty.pb.h"
#include "modules/education/module.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
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
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using Campuses = v1::CampusService;
using Organizations = v1::OrganizationService;
using Programs = v1::ProgramService;

class Guards : public ::testing::Test {
 protected:
  Guards()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        ministry_(Education(), target_, "agency/education"),
        owner_(Education(), target_, "organization/a"),
        campuses_(Campuses::NewStub(owner_.channel())),
        programs_(Programs::NewStub(owner_.channel())) {
    EXPECT_OK(Called(*Organizations::NewStub(ministry_.channel()),
                     &Organizations::Stub::CreateOrganization, testing::NewOrganization("a")));
    EXPECT_OK(Called(*v1::CreditRuleService::NewStub(ministry_.channel()),
                     &v1::CreditRuleService::Stub::CreateCreditRule, testing::DefaultRule()));
    EXPECT_OK(CreateCampus("before"));
    EXPECT_OK(CreateProgram("before"));
  }

  absl::Status CreateCampus(const std::string& id) {
    return Called(*campuses_, &Campuses::Stub::CreateCampus, testing::NewCampus("a", id)).status();
  }
  absl::Status CreateProgram(const std::string& id) {
    return Called(*programs_, &Programs::Stub::CreateProgramVersion,
                  testing::NewProgram(id, 1, "a"))
        .status();
  }

  // How a call of the organization ends that began while it was being suspended.
  absl::Status WhileSuspended(const std::function<absl::Status()>& call) {
    MustExecute(other_, "START TRANSACTION");
    MustExecute(other_, absl::StrCat("UPDATE organization SET version = version + 1, state = ",
                                     static_cast<int>(v1::ORGANIZATION_STATE_SUSPENDED)));
    absl::Status outcome;
    EXPECT_TRUE(WaitsFor(other_, [&] { outcome = call(); })) << outcome;
    return outcome;
  }

  const sql::Target target_;
  sql::Connection other_;
  HostedModule ministry_, owner_;
  const std::unique_ptr<Campuses::Stub> campuses_;
  const std::unique_ptr<Programs::Stub> programs_;
};

TEST_F(Guards, KeepASuspendedOrganizationFromAddingCampuses) {
  EXPECT_THAT(WhileSuspended([&] { return CreateCampus("c"); }),
              HasReason("ORGANIZATION_STATE_WRONG"));
}

TEST_F(Guards, KeepASuspendedOrganizationFromDeletingCampuses) {
  EXPECT_THAT(WhileSuspended([&] {
                v1::DeleteCampusRequest request;
                request.set_name("organizations/a/campuses/before");
                return Called(*campuses_, &Campuses::Stub::DeleteCampus, request).status();
              }),
              HasReason("ORGANIZATION_STATE_WRONG"));
}

TEST_F(Guards, KeepASuspendedOrganizationFromDraftingPrograms) {
  EXPECT_THAT(WhileSuspended([&] { return CreateProgram("p"); }),
              HasReason("ORGANIZATION_STATE_WRONG"));
}

TEST_F(Guards, KeepProgramsOfASuspendedOrganizationFromBeingPublished) {
  EXPECT_THAT(WhileSuspended([&] {
                v1::PublishProgramVersionRequest request;
                request.set_name("programs/before/versions/1");
                return Called(*Programs::NewStub(ministry_.channel()),
                              &Programs::Stub::PublishProgramVersion, request)
                    .status();
              }),
              HasReason("ORGANIZATION_STATE_WRONG"));
}

TEST_F(Guards, KeepMicrocredentialsOfASuspendedOrganizationFromBeingPublished) {
  const auto microcredentials = v1::MicrocredentialService::NewStub(ministry_.channel());
  v1::CreateMicrocredentialVersionRequest draft = testing::NewMicrocredential("m", 1);
  draft.mutable_microcredential_version()->set_organization("organizations/a");
  ASSERT_OK(Called(*microcredentials,
                   &v1::MicrocredentialService::Stub::CreateMicrocredentialVersion, draft));
  EXPECT_THAT(WhileSuspended([&] {
                v1::PublishMicrocredentialVersionRequest request;
                request.set_name("microcredentials/m/versions/1");
                return Called(*microcredentials,
                              &v1::MicrocredentialService::Stub::PublishMicrocredentialVersion,
                              request)
                    .status();
              }),
              HasReason("ORGANIZATION_STATE_WRONG"));
}

// The other way round: who suspends waits for what already rests on the organization.
TEST_F(Guards, HoldUpASuspension) {
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE organization SET guard = guard + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] {
    v1::SuspendOrganizationRequest request;
    request.set_name("organizations/a");
    request.set_reason("acta 1");
    outcome = Called(*Organizations::NewStub(ministry_.channel()),
                     &Organizations::Stub::SuspendOrganization, request, nullptr, "", "registrar-1")
                  .status();
  }));
  EXPECT_OK(outcome);
}

}  // namespace
}  // namespace puente::education
