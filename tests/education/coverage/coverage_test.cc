// Which published versions nobody certifies: the rules, and what Education answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/education/coverage/rules.h"
#include "modules/education/module.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "puente/education/v1/certification_coverage.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::CalledFor;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::CivilDay kPublished(2026, 1, 1);
constexpr absl::CivilDay kToday(2026, 7, 1);

struct Period {
  int first, last;  // days from today on
};

v1::Certification Certified(const std::vector<Period>& periods,
                            const std::vector<std::string>& states = {}) {
  v1::Certification certification;
  for (const Period& period : periods) {
    v1::CertifiedPeriod& one = *certification.add_periods();
    *one.mutable_start_date() = ToProto(kToday + period.first);
    *one.mutable_end_date() = ToProto(kToday + period.last);
  }
  certification.mutable_state_codes()->Assign(states.begin(), states.end());
  return certification;
}

TEST(CoverageRules, SaySinceWhenAVersionIsCertifiedOrNotAndUntilWhen) {
  using coverage::Condition;
  struct Case {
    const char* name;
    std::vector<v1::Certification> certifications;
    Condition condition;
    std::string state = "11";
  };
  for (const Case& c : std::vector<Case>{
           {"by nobody", {}, {false, kPublished, std::nullopt}},
           {"from today on", {Certified({{0, 9}})}, {true, kToday, kToday + 10}},
           {"up to today", {Certified({{-9, 0}})}, {true, kToday - 9, kToday + 1}},
           {"up to yesterday", {Certified({{-9, -1}})}, {false, kToday, std::nullopt}},
           {"from tomorrow on", {Certified({{1, 9}})}, {false, kPublished, kToday + 1}},
           {"suspended for days, of which today is one",
            {Certified({{-9, -3}, {2, 9}})},
            {false, kToday - 2, kToday + 2}},
           {"by one after the other",
            {Certified({{-9, -1}}), Certified({{0, 9}})},
            {true, kToday - 9, kToday + 10}},
           {"by two at once",
            {Certified({{-9, 20}}), Certified({{-5, 9}})},
            {true, kToday - 9, kToday + 21}},
           {"by two with days between",
            {Certified({{5, 9}}), Certified({{-9, -5}})},
            {false, kToday - 4, kToday + 5}},
           {"in its state", {Certified({{0, 9}}, {"11", "14"})}, {true, kToday, kToday + 10}},
           {"elsewhere", {Certified({{0, 9}}, {"14"})}, {false, kPublished, std::nullopt}},
           {"somewhere, of the whole country's",
            {Certified({{0, 9}}, {"14"})},
            {true, kToday, kToday + 10},
            ""},
           {"before it was published",  // of a version before it can't be; the days are as they are
            {Certified({{-400, -300}})},
            {false, kPublished, std::nullopt}}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(coverage::ConditionOn(kToday, kPublished, c.state, c.certifications), c.condition);
  }
}

class Coverage : public ::testing::Test {
 protected:
  using Microcredentials = v1::MicrocredentialService::Stub;
  using Certifications = v1::CertificationService::Stub;
  using Stub = v1::CertificationCoverageService::Stub;

  Coverage()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        ministry_(Education(), target_, "agency/education"),
        gateway_(Education(), target_, "gateway"),
        microcredentials_(v1::MicrocredentialService::NewStub(ministry_.channel())),
        certifications_(v1::CertificationService::NewStub(gateway_.channel())),
        stub_(v1::CertificationCoverageService::NewStub(ministry_.channel())) {}

  void Organization(const std::string& id, const std::string& state) {
    auto organizations = v1::OrganizationService::NewStub(ministry_.channel());
    v1::CreateOrganizationRequest request = testing::NewOrganization(id);
    request.mutable_organization()->set_state_code(state);
    ASSERT_OK(Called(*organizations, &v1::OrganizationService::Stub::CreateOrganization, request));
  }
  void Publish(const std::string& id, int number, const std::string& level = "",
               const std::string& organization = "", const std::string& sector = "") {
    v1::CreateMicrocredentialVersionRequest create = testing::NewMicrocredential(id, number);
    create.mutable_microcredential_version()->set_level(level);
    create.mutable_microcredential_version()->set_organization(organization);
    create.mutable_microcredential_version()->set_sector_table(sector);
    ASSERT_OK(Called(*microcredentials_, &Microcredentials::CreateMicrocredentialVersion, create));
    v1::PublishMicrocredentialVersionRequest publish;
    publish.set_name(absl::StrCat("microcredentials/", id, "/versions/", number));
    ASSERT_OK(
        Called(*microcredentials_, &Microcredentials::PublishMicrocredentialVersion, publish));
  }
  void Certify(const std::string& version, const std::string& id, int days) {
    v1::RecordCertificationRequest request;
    request.set_certification_id(id);
    request.set_microcredential_version("microcredentials/" + version);
    request.set_submission("certifiers/ceneval/submissions/s-" + id);
    *request.mutable_start_date() = ToProto(LegalDay(absl::Now()));
    *request.mutable_end_date() = ToProto(LegalDay(absl::Now()) + days);
    *request.mutable_decision_time() = ToProto(absl::Now());
    ASSERT_OK(CalledFor("certifier/ceneval", *certifications_, &Certifications::RecordCertification,
                        request));
  }
  v1::ListUncertifiedVersionsResponse List(const v1::ListUncertifiedVersionsRequest& request = {}) {
    auto found = Called(*stub_, &Stub::ListUncertifiedVersions, request);
    EXPECT_OK(found);
    return found.ok() ? *std::move(found) : v1::ListUncertifiedVersionsResponse();
  }
  static std::vector<std::string> NamesIn(const v1::ListUncertifiedVersionsResponse& page) {
    std::vector<std::string> names;
    for (const v1::UncertifiedVersion& one : page.uncertified_versions()) {
      names.push_back(one.microcredential_version().substr(sizeof("microcredentials/") - 1));
    }
    return names;
  }
  std::vector<std::string> Names(const v1::ListUncertifiedVersionsRequest& request = {}) {
    return NamesIn(List(request));
  }
  // Counting is due work.
  bool Comes(const std::vector<std::string>& names) {
    return Becomes([&] { return Names() == names; });
  }

  const sql::Target target_;
  HostedModule ministry_, gateway_;
  std::unique_ptr<Microcredentials> microcredentials_;
  std::unique_ptr<Certifications> certifications_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(Coverage, IsOfTheNewestPublishedVersions) {
  Publish("m", 1);
  Publish("n", 1);
  ASSERT_TRUE(Comes({"m/versions/1", "n/versions/1"}));
  Certify("m/versions/1", "first", 30);
  ASSERT_TRUE(Comes({"n/versions/1"}));
  // Counts come with the journal.
  ASSERT_TRUE(Becomes([&] { return List().counts().uncertified_count() == 1; }));
  EXPECT_EQ(List().counts().published_count(), 2);
  Publish("m", 2);
  ASSERT_TRUE(Comes({"m/versions/2", "n/versions/1"}));
  ASSERT_TRUE(Becomes([&] { return List().counts().uncertified_count() == 2; }));
  EXPECT_EQ(List().counts().published_count(), 2);
  const auto page = List();
  EXPECT_EQ(ToCivilDay(page.uncertified_versions(0).since_date()), LegalDay(absl::Now()));
  EXPECT_EQ(page.uncertified_versions(0).wait_days(), 0);
  EXPECT_EQ(page.uncertified_versions(0).title_es(), "Soldadura TIG");
  EXPECT_EQ(page.record_kind(), type::v1::RECORD_KIND_REAL);
}

TEST_F(Coverage, EndsWithACertification) {
  Publish("m", 1);
  Certify("m/versions/1", "first", 30);
  ASSERT_TRUE(Becomes([&] { return List().counts().published_count() == 1 && Names().empty(); }));
  v1::SuspendCertificationRequest suspend;
  suspend.set_name("certifications/first");
  suspend.set_reason("acta 7");
  *suspend.mutable_state_date() = ToProto(LegalDay(absl::Now()));
  *suspend.mutable_decision_time() = ToProto(absl::Now());
  ASSERT_OK(CalledFor("certifier/ceneval", *certifications_, &Certifications::SuspendCertification,
                      suspend));
  ASSERT_TRUE(Comes({"m/versions/1"}));
}

TEST_F(Coverage, LeavesOutWhoHasWithdrawn) {
  Organization("leon", "11");
  Publish("a", 1, "mnc:4", "organizations/leon");
  Publish("b", 1, "mnc:4", "organizations/leon");
  Publish("c", 1, "mnc:4");
  Certify("b/versions/1", "first", 30);
  ASSERT_TRUE(Comes({"a/versions/1", "c/versions/1"}));
  ASSERT_TRUE(Becomes([&] { return List().counts().published_count() == 3; }));
  v1::WithdrawOrganizationRequest request;
  request.set_name("organizations/leon");
  request.set_reason("acta 1");
  ASSERT_OK(Called(*v1::OrganizationService::NewStub(ministry_.channel()),
                   &v1::OrganizationService::Stub::WithdrawOrganization, request, nullptr, "",
                   "registrar-1"));
  EXPECT_TRUE(Comes({"c/versions/1"}));
  EXPECT_TRUE(Becomes([&] { return List().counts().published_count() == 1; }));
  EXPECT_EQ(List().counts().uncertified_count(), 1);
}

TEST_F(Coverage, IsAskedForByLevelStateAndSector) {
  Organization("leon", "11");
  Publish("a", 1, "mnc:4");
  Publish("b", 1, "mnc:4", "organizations/leon", "sectorTables/automotive");
  Publish("c", 1, "", "organizations/leon");
  ASSERT_TRUE(Comes({"a/versions/1", "b/versions/1", "c/versions/1"}));
  ASSERT_TRUE(Becomes([&] { return List().counts().published_count() == 3; }));
  v1::ListUncertifiedVersionsRequest request;
  request.set_level("mnc:4");
  EXPECT_THAT(Names(request), ElementsAre("a/versions/1", "b/versions/1"));
  request.set_state_code("11");
  EXPECT_THAT(Names(request), ElementsAre("b/versions/1"));
  EXPECT_EQ(List(request).counts().uncertified_count(), 1);
  request.clear_level();
  EXPECT_THAT(Names(request), ElementsAre("b/versions/1", "c/versions/1"));
  request.set_sector_table("sectorTables/automotive");
  EXPECT_THAT(Names(request), ElementsAre("b/versions/1"));
  EXPECT_EQ(List(request).uncertified_versions(0).state_code(), "11");
  EXPECT_EQ(List(request).uncertified_versions(0).sector_table(), "sectorTables/automotive");
  request.set_state_code("14");
  EXPECT_THAT(Names(request), IsEmpty());
  EXPECT_EQ(List(request).counts().published_count(), 0);
  // Page by page; a token is of its list alone.
  v1::ListUncertifiedVersionsRequest paged;
  paged.set_page_size(2);
  const auto first = List(paged);
  EXPECT_THAT(NamesIn(first), ElementsAre("a/versions/1", "b/versions/1"));
  paged.set_page_token(first.next_page_token());
  EXPECT_THAT(Names(paged), ElementsAre("c/versions/1"));
  paged.set_level("mnc:4");
  EXPECT_THAT(Called(*stub_, &Stub::ListUncertifiedVersions, paged),
              HasReason("INVALID_PAGE_TOKEN"));

  auto cells =
      Called(*stub_, &Stub::ListCertificationCoverage, v1::ListCertificationCoverageRequest());
  ASSERT_OK(cells);
  std::vector<std::string> told;
  for (const v1::CertificationCoverage& cell : cells->certification_coverages()) {
    told.push_back(absl::StrCat(cell.level(), "|", cell.state_code(), "|", cell.sector_table(), " ",
                                cell.counts().uncertified_count(), "/",
                                cell.counts().published_count()));
  }
  EXPECT_THAT(told, ElementsAre("|11| 1/1", "mnc:4|| 1/1", "mnc:4|11|sectorTables/automotive 1/1"));
  EXPECT_EQ(cells->total().published_count(), 3);
}

}  // namespace
}  // namespace puente::education
