// What versions of programs and microcredentials name as their causes, and the versions of a cause.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/cause.grpc.pb.h"
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
using ::puente::testing::CalledFor;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using CauseStub = v1::CauseService::Stub;
using Programs = v1::ProgramService::Stub;
using Microcredentials = v1::MicrocredentialService::Stub;

constexpr char kEconomy[] = "agency/economy";
constexpr char kProgram[] = "programs/p/versions/1";
constexpr char kMicrocredential[] = "microcredentials/m/versions/1";

class Causes : public ::testing::Test {
 protected:
  Causes()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        ministry_(Education(), target_, "agency/education"),
        gateway_(Education(), target_, "gateway"),
        programs_(v1::ProgramService::NewStub(ministry_.channel())),
        microcredentials_(v1::MicrocredentialService::NewStub(ministry_.channel())),
        causes_(v1::CauseService::NewStub(gateway_.channel())) {
    EXPECT_OK(Called(*v1::OrganizationService::NewStub(ministry_.channel()),
                     &v1::OrganizationService::Stub::CreateOrganization,
                     testing::NewOrganization("a")));
    EXPECT_OK(Called(*v1::CreditRuleService::NewStub(ministry_.channel()),
                     &v1::CreditRuleService::Stub::CreateCreditRule, testing::DefaultRule()));
  }

  absl::Status DraftProgram(int number, const std::vector<std::string>& proposals) {
    v1::CreateProgramVersionRequest request = testing::NewProgram("p", number, "a");
    for (const std::string& proposal : proposals) {
      request.mutable_program_version()->mutable_causes()->add_proposals(proposal);
    }
    return Called(*programs_, &Programs::CreateProgramVersion, request).status();
  }
  absl::Status PublishProgram(int number) {
    v1::PublishProgramVersionRequest request;
    request.set_name(absl::StrCat("programs/p/versions/", number));
    return Called(*programs_, &Programs::PublishProgramVersion, request).status();
  }
  absl::Status DraftMicrocredential(const std::string& agreement = "") {
    v1::CreateMicrocredentialVersionRequest request = testing::NewMicrocredential("m", 1);
    if (!agreement.empty()) {
      request.mutable_microcredential_version()->mutable_causes()->add_agreements(agreement);
    }
    return Called(*microcredentials_, &Microcredentials::CreateMicrocredentialVersion, request)
        .status();
  }
  absl::Status PublishMicrocredential() {
    v1::PublishMicrocredentialVersionRequest request;
    request.set_name(kMicrocredential);
    return Called(*microcredentials_, &Microcredentials::PublishMicrocredentialVersion, request)
        .status();
  }

  template <class Request>
  static Request Step(const std::string& version, const std::string& proposal,
                      const std::string& act) {
    Request request;
    request.set_version(version);
    request.set_proposal(proposal);
    request.set_act(act);
    return request;
  }
  absl::Status Name(const std::string& version, const std::string& proposal,
                    const std::string& act) {
    return CalledFor(kEconomy, *causes_, &CauseStub::NameCause,
                     Step<v1::NameCauseRequest>(version, proposal, act))
        .status();
  }
  absl::Status Forget(const std::string& version, const std::string& proposal,
                      const std::string& act) {
    return CalledFor(kEconomy, *causes_, &CauseStub::ForgetCause,
                     Step<v1::ForgetCauseRequest>(version, proposal, act))
        .status();
  }

  v1::ProgramVersion Program() {
    v1::GetProgramVersionRequest request;
    request.set_name(kProgram);
    const auto found = Called(*programs_, &Programs::GetProgramVersion, request);
    EXPECT_OK(found);
    return found.value_or(v1::ProgramVersion());
  }
  std::vector<v1::CausedVersion> ListVersions(const std::string& cause, int size = 50) {
    v1::ListVersionsByCauseRequest request;
    request.set_cause(cause);
    request.set_page_size(size);
    std::vector<v1::CausedVersion> versions;
    do {
      const auto page =
          CalledFor("council/cce", *causes_, &CauseStub::ListVersionsByCause, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      versions.insert(versions.end(), page->versions().begin(), page->versions().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return versions;
  }
  std::vector<std::string> VersionsOf(const std::string& cause, int size = 50) {
    std::vector<std::string> names;
    for (const v1::CausedVersion& version : ListVersions(cause, size)) {
      names.push_back(version.version());
    }
    return names;
  }

  const sql::Target target_;
  sql::Connection other_;
  HostedModule ministry_, gateway_;
  const std::unique_ptr<Programs> programs_;
  const std::unique_ptr<Microcredentials> microcredentials_;
  const std::unique_ptr<CauseStub> causes_;
};

TEST_F(Causes, OfDraftsAreFoundAsLongAsTheirAuthorNamesThem) {
  ASSERT_OK(DraftProgram(1, {"proposals/plc", "proposals/cells"}));
  ASSERT_OK(DraftMicrocredential("agreements/plc"));
  EXPECT_THAT(VersionsOf("proposals/plc"), ElementsAre(kProgram));
  EXPECT_THAT(VersionsOf("proposals/cells"), ElementsAre(kProgram));
  EXPECT_THAT(VersionsOf("agreements/plc"), ElementsAre(kMicrocredential));
  v1::UpdateProgramVersionRequest update;
  update.mutable_program_version()->set_name(kProgram);
  update.mutable_program_version()->mutable_causes()->add_proposals("proposals/cells");
  update.mutable_program_version()->mutable_causes()->add_transfer_agreements(
      "transferAgreements/cells");
  update.mutable_update_mask()->add_paths("causes");
  ASSERT_OK(Called(*programs_, &Programs::UpdateProgramVersion, update));
  EXPECT_THAT(VersionsOf("proposals/plc"), IsEmpty());
  EXPECT_THAT(VersionsOf("proposals/cells"), ElementsAre(kProgram));
  EXPECT_THAT(VersionsOf("transferAgreements/cells"), ElementsAre(kProgram));
  v1::DeleteProgramVersionRequest deletion;
  deletion.set_name(kProgram);
  ASSERT_OK(Called(*programs_, &Programs::DeleteProgramVersion, deletion));
  EXPECT_THAT(VersionsOf("proposals/cells"), IsEmpty());
  v1::DeleteMicrocredentialVersionRequest other;
  other.set_name(kMicrocredential);
  ASSERT_OK(Called(*microcredentials_, &Microcredentials::DeleteMicrocredentialVersion, other));
  EXPECT_THAT(VersionsOf("agreements/plc"), IsEmpty());
}

TEST_F(Causes, OfAVersionThatIsThereStayWhenItIsAddedAgain) {
  ASSERT_OK(DraftProgram(1, {"proposals/plc"}));
  EXPECT_THAT(DraftProgram(1, {"proposals/cells"}), HasReason("PROGRAM_VERSION_ALREADY_EXISTS"));
  EXPECT_THAT(VersionsOf("proposals/plc"), ElementsAre(kProgram));
  EXPECT_THAT(VersionsOf("proposals/cells"), IsEmpty());
}

TEST_F(Causes, AreNamedEachOnce) {
  EXPECT_THAT(DraftProgram(1, {"proposals/plc", "proposals/plc"}), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(DraftProgram(1, {"agreements/plc"}), HasReason("INVALID_FIELDS"));
}

TEST_F(Causes, AreListedInPagesWithTitlesAndDays) {
  ASSERT_OK(DraftMicrocredential());
  for (int number = 1; number <= 11; ++number) ASSERT_OK(DraftProgram(number, {"proposals/plc"}));
  ASSERT_OK(PublishProgram(2));
  ASSERT_OK(PublishMicrocredential());
  ASSERT_OK(Name(kMicrocredential, "proposals/plc", "acts/1"));
  std::vector<std::string> want = {kMicrocredential};
  for (int number = 1; number <= 11; ++number) {
    want.push_back(absl::StrCat("programs/p/versions/", number));
  }
  for (const int size : {1, 4, 12, 50}) EXPECT_EQ(VersionsOf("proposals/plc", size), want) << size;
  const std::vector<v1::CausedVersion> versions = ListVersions("proposals/plc");
  ASSERT_EQ(versions.size(), 12u);
  EXPECT_EQ(versions[0].title_es(), "Soldadura TIG");
  EXPECT_EQ(versions[0].act(), "acts/1");
  EXPECT_EQ(versions[0].organization(), "") << "the ministry's";
  EXPECT_TRUE(versions[0].has_publish_time());
  EXPECT_EQ(versions[1].title_es(), "Mecatrónica");
  EXPECT_EQ(versions[1].organization(), "organizations/a");
  EXPECT_EQ(versions[1].act(), "") << "its author named it";
  EXPECT_FALSE(versions[1].has_publish_time()) << "a draft";
  EXPECT_TRUE(versions[2].has_publish_time());
}

// A version has all of its certifications, or is left out.
TEST_F(Causes, AreFollowedAsFarAsThereIsRoomForCertifications) {
  ASSERT_OK(DraftProgram(1, {"proposals/plc"}));
  ASSERT_OK(PublishProgram(1));
  ASSERT_OK(DraftMicrocredential());
  ASSERT_OK(PublishMicrocredential());
  ASSERT_OK(Name(kMicrocredential, "proposals/plc", "acts/1"));
  v1::FollowCausesRequest request;
  request.add_causes("proposals/plc");
  const auto follow = [&] {
    const auto followed = CalledFor("council/cce", *causes_, &CauseStub::FollowCauses, request);
    EXPECT_OK(followed);
    return followed.value_or(v1::FollowCausesResponse());
  };
  const auto certify = [&](int first, int last) {
    MustExecute(other_,
                absl::StrCat("INSERT INTO certification (id, version, microcredential_version,"
                             " certifier, submission, state, start_date, end_date, conditions,"
                             " state_date, state_reason, decision_time, source, record_kind,"
                             " create_time, update_time) SELECT seq, 1, '",
                             kMicrocredential,
                             "', 'certifiers/c', 'certifiers/c/submissions/s', 5, '2026-01-01',"
                             " '2026-01-02', '', '2026-01-02', '', '2026-01-01', 'test', 1,"
                             " '2026-01-01', '2026-01-01' FROM seq_",
                             first, "_to_", last));
  };
  certify(1, 5000);
  const auto all = follow();
  ASSERT_EQ(all.versions_size(), 2);
  EXPECT_FALSE(all.has_more());
  EXPECT_EQ(all.versions(0).certifications_size(), 5000);
  certify(5001, 5001);
  const auto some = follow();
  ASSERT_EQ(some.versions_size(), 1);
  EXPECT_TRUE(some.has_more());
  EXPECT_EQ(some.versions(0).version().version(), kProgram);
}

TEST_F(Causes, OfPublishedVersionsAreAddedByStepsOfActs) {
  ASSERT_OK(DraftProgram(1, {}));
  ASSERT_OK(PublishProgram(1));
  const v1::ProgramVersion before = Program();
  for (int time = 0; time < 2; ++time) {
    ASSERT_OK(Name(kProgram, "proposals/plc", "acts/1"));
    EXPECT_THAT(Program().causes().proposals(), ElementsAre("proposals/plc"));
    EXPECT_THAT(VersionsOf("proposals/plc"), ElementsAre(kProgram));
  }
  const v1::ProgramVersion named = Program();
  EXPECT_NE(named.etag(), before.etag());
  EXPECT_EQ(named.publish_time().SerializeAsString(), before.publish_time().SerializeAsString());
  for (int time = 0; time < 2; ++time) {
    ASSERT_OK(Forget(kProgram, "proposals/plc", "acts/1"));
    EXPECT_FALSE(Program().has_causes());
    EXPECT_THAT(VersionsOf("proposals/plc"), IsEmpty());
  }
}

// An act that is refused by the other owner must leave Education as it found it.
TEST_F(Causes, ThatOthersNamedOutliveAnActThatIsUndone) {
  ASSERT_OK(DraftProgram(1, {"proposals/author"}));
  ASSERT_OK(PublishProgram(1));
  ASSERT_OK(Name(kProgram, "proposals/author", "acts/2"));
  ASSERT_OK(Forget(kProgram, "proposals/author", "acts/2"));
  EXPECT_THAT(Program().causes().proposals(), ElementsAre("proposals/author"));
  ASSERT_OK(Name(kProgram, "proposals/plc", "acts/1"));
  ASSERT_OK(Name(kProgram, "proposals/plc", "acts/2"));
  ASSERT_OK(Forget(kProgram, "proposals/plc", "acts/2"));
  EXPECT_THAT(Program().causes().proposals(), ElementsAre("proposals/author", "proposals/plc"));
  EXPECT_THAT(VersionsOf("proposals/plc"), ElementsAre(kProgram));
}

TEST_F(Causes, AreAddedToPublishedVersionsAlone) {
  EXPECT_THAT(Name(kProgram, "proposals/plc", "acts/1"), HasReason("PROGRAM_VERSION_NOT_FOUND"));
  EXPECT_THAT(Name(kMicrocredential, "proposals/plc", "acts/1"),
              HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
  ASSERT_OK(DraftProgram(1, {}));
  ASSERT_OK(DraftMicrocredential());
  EXPECT_THAT(Name(kProgram, "proposals/plc", "acts/1"), HasReason("PROGRAM_VERSION_STATE_WRONG"));
  EXPECT_THAT(Name(kMicrocredential, "proposals/plc", "acts/1"),
              HasReason("MICROCREDENTIAL_VERSION_STATE_WRONG"));
  EXPECT_THAT(VersionsOf("proposals/plc"), IsEmpty());
}

TEST_F(Causes, AreNoMoreThanThereIsRoomFor) {
  std::vector<std::string> proposals;
  for (int i = 0; i < 50; ++i) proposals.push_back(absl::StrCat("proposals/p", i));
  ASSERT_OK(DraftProgram(1, proposals));
  ASSERT_OK(PublishProgram(1));
  EXPECT_THAT(Name(kProgram, "proposals/one-more", "acts/1"), HasReason("INVALID_FIELDS"));
  EXPECT_OK(Name(kProgram, "proposals/p7", "acts/1")) << "it is named already";
  EXPECT_THAT(VersionsOf("proposals/one-more"), IsEmpty());
}

TEST_F(Causes, AreNamedByTheGatewayForEconomyAlone) {
  ASSERT_OK(DraftProgram(1, {}));
  ASSERT_OK(PublishProgram(1));
  const auto request = Step<v1::NameCauseRequest>(kProgram, "proposals/plc", "acts/1");
  HostedModule economy(Education(), target_, kEconomy);
  const auto direct = v1::CauseService::NewStub(economy.channel());
  EXPECT_THAT(Called(*direct, &CauseStub::NameCause, request), HasReason("DELEGATION_REQUIRED"));
  EXPECT_THAT(Called(*direct, &CauseStub::ForgetCause,
                     Step<v1::ForgetCauseRequest>(kProgram, "proposals/plc", "acts/1")),
              HasReason("DELEGATION_REQUIRED"));
  for (const char* original : {"agency/education", "organization/a", "certifier/ceneval"}) {
    EXPECT_THAT(CalledFor(original, *causes_, &CauseStub::NameCause, request),
                HasReason("CALLER_REFUSED"));
  }
  EXPECT_FALSE(Program().has_causes());
}

// Two acts name causes of one version at once: none is lost.
TEST_F(Causes, AddedAtOnceAreBothNamed) {
  ASSERT_OK(DraftProgram(1, {}));
  ASSERT_OK(PublishProgram(1));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE program_version SET version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Name(kProgram, "proposals/plc", "acts/1"); }));
  EXPECT_OK(outcome);
  EXPECT_EQ(Program().etag(), "v4") << "it ran again upon what the other had stored";
  EXPECT_THAT(VersionsOf("proposals/plc"), ElementsAre(kProgram));
}

}  // namespace
}  // namespace puente::education
