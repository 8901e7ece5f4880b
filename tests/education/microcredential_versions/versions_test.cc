// Versions of microcredentials: whose they are, and what compares, finds and joins them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "modules/education/microcredential_versions/equivalents.h"
#include "modules/education/module.h"
#include "puente/education/v1/competence_standard.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/agencies/lists.h"
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
using ::puente::testing::ReadSoFar;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::MicrocredentialService::Stub;
using Organizations = v1::OrganizationService::Stub;

class MicrocredentialVersionsTest : public ::testing::Test {
 protected:
  MicrocredentialVersionsTest()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        hosted_(Education(), target_, "agency/education"),
        stub_(v1::MicrocredentialService::NewStub(hosted_.channel())),
        organizations_(v1::OrganizationService::NewStub(hosted_.channel())) {
    for (const char* id : {"a", "b"}) {
      EXPECT_OK(Called(*organizations_, &Organizations::CreateOrganization,
                       testing::NewOrganization(id)));
    }
  }

  // Of an organization; "" for the ministry's own.
  absl::StatusOr<v1::MicrocredentialVersion> Create(const std::string& id, int number,
                                                    const std::string& organization) {
    v1::CreateMicrocredentialVersionRequest request = testing::NewMicrocredential(id, number);
    request.mutable_microcredential_version()->set_organization(organization);
    return Called(*stub_, &Stub::CreateMicrocredentialVersion, request);
  }
  absl::Status Publish(const std::string& name) {
    v1::PublishMicrocredentialVersionRequest request;
    request.set_name(name);
    return Called(*stub_, &Stub::PublishMicrocredentialVersion, request).status();
  }
  absl::StatusOr<std::vector<std::string>> List(const std::string& filter,
                                                const std::string& order_by = "") {
    v1::ListMicrocredentialVersionsRequest request;
    request.set_parent("microcredentials/-");
    request.set_filter(filter);
    request.set_order_by(order_by);
    ASSIGN_OR_RETURN(const auto page, Called(*stub_, &Stub::ListMicrocredentialVersions, request));
    std::vector<std::string> names;
    for (const auto& version : page.microcredential_versions()) names.push_back(version.name());
    return names;
  }

  const sql::Target target_;
  HostedModule hosted_;
  const std::unique_ptr<Stub> stub_;
  const std::unique_ptr<Organizations> organizations_;
};

TEST_F(MicrocredentialVersionsTest, AreOfTheOrganizationOfTheFirst) {
  const struct {
    const char* id;
    std::string first, next;
    bool taken;
  } cases[] = {
      {"same", "organizations/a", "organizations/a", true},
      {"none", "", "", true},
      {"other", "organizations/a", "organizations/b", false},
      {"taken", "", "organizations/a", false},
      {"given-up", "organizations/a", "", false},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.id);
    ASSERT_OK_AND_ASSIGN(const auto first, Create(one.id, 1, one.first));
    EXPECT_EQ(first.organization(), one.first);
    const auto next = Create(one.id, 2, one.next);
    if (one.taken) {
      EXPECT_OK(next);
    } else {
      EXPECT_THAT(next, HasReason("INVALID_FIELDS"));
      EXPECT_THAT(next.status().message(), ::testing::HasSubstr(first.name()));
      EXPECT_OK(Create(one.id, 2, one.first)) << "nothing was stored";
    }
  }
}

TEST_F(MicrocredentialVersionsTest, NameAnOrganizationThatIsThere) {
  EXPECT_THAT(Create("x", 1, "organizations/none"), HasReason("ORGANIZATION_NOT_FOUND"));
  EXPECT_THAT(Create("x", 1, "companies/a"), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Create("x", 2, "organizations/a"), HasReason("MICROCREDENTIAL_VERSION_NOT_NEXT"));
}

TEST_F(MicrocredentialVersionsTest, KeepTheirOrganization) {
  ASSERT_OK_AND_ASSIGN(const auto draft, Create("x", 1, "organizations/a"));
  v1::UpdateMicrocredentialVersionRequest request;
  request.mutable_microcredential_version()->set_name(draft.name());
  request.mutable_update_mask()->add_paths("organization");
  EXPECT_THAT(Called(*stub_, &Stub::UpdateMicrocredentialVersion, request),
              HasReason("INVALID_FIELDS"));
}

TEST_F(MicrocredentialVersionsTest, ArePublishedOfRegisteredOrganizationsAlone) {
  ASSERT_OK_AND_ASSIGN(const auto draft, Create("x", 1, "organizations/a"));
  v1::SuspendOrganizationRequest suspend;
  suspend.set_name("organizations/a");
  suspend.set_reason("acta 1");
  ASSERT_OK(Called(*organizations_, &Organizations::SuspendOrganization, suspend, nullptr, "",
                   "registrar-1"));
  EXPECT_THAT(Publish(draft.name()), HasReason("ORGANIZATION_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto national, Create("y", 1, ""));
  EXPECT_OK(Publish(national.name()));
}

TEST_F(MicrocredentialVersionsTest, AreListedByOrganization) {
  ASSERT_OK(Create("of-a", 1, "organizations/a"));
  ASSERT_OK(Create("of-a", 2, "organizations/a"));
  ASSERT_OK(Create("of-b", 1, "organizations/b"));
  ASSERT_OK(Create("national", 1, ""));
  ASSERT_OK_AND_ASSIGN(const auto of_a, List("organization = \"organizations/a\""));
  EXPECT_THAT(of_a,
              ElementsAre("microcredentials/of-a/versions/1", "microcredentials/of-a/versions/2"));
  ASSERT_OK_AND_ASSIGN(const auto of_none, List("organization = \"organizations/none\""));
  EXPECT_THAT(of_none, IsEmpty());
}

TEST_F(MicrocredentialVersionsTest, AreComparedOncePublished) {
  v1::CreateMicrocredentialVersionRequest later = testing::NewMicrocredential("x", 2);
  later.mutable_microcredential_version()->set_workload_hours(50);
  ASSERT_OK(Create("x", 1, ""));
  ASSERT_OK(Called(*stub_, &Stub::CreateMicrocredentialVersion, later));
  v1::CompareMicrocredentialVersionsRequest request;
  request.set_microcredential_version("microcredentials/x/versions/1");
  request.set_other_version("microcredentials/x/versions/2");
  const auto compare = [&] {
    return Called(*stub_, &Stub::CompareMicrocredentialVersions, request);
  };
  EXPECT_THAT(compare(), HasReason("MICROCREDENTIAL_VERSION_STATE_WRONG"));
  ASSERT_OK(Publish("microcredentials/x/versions/1"));
  EXPECT_THAT(compare(), HasReason("MICROCREDENTIAL_VERSION_STATE_WRONG"));
  ASSERT_OK(Publish("microcredentials/x/versions/2"));
  ASSERT_OK_AND_ASSIGN(const auto compared, compare());
  EXPECT_EQ(compared.other_version(), "microcredentials/x/versions/2");
  EXPECT_FALSE(compared.equal());
  ASSERT_EQ(compared.differences_size(), 1);
  EXPECT_EQ(compared.differences(0).field(), "workload_hours");
  request.set_other_version(request.microcredential_version());
  ASSERT_OK_AND_ASSIGN(const auto same, compare());
  EXPECT_TRUE(same.equal());
  request.set_other_version("microcredentials/x/versions/3");
  EXPECT_THAT(compare(), HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
}

TEST_F(MicrocredentialVersionsTest, AreSearchedForByTheBeginningOfTheirTitle) {
  const auto create = [&](const std::string& id, const std::string& title) {
    v1::CreateMicrocredentialVersionRequest request = testing::NewMicrocredential(id, 1);
    request.mutable_microcredential_version()->set_title_es(title);
    return Called(*stub_, &Stub::CreateMicrocredentialVersion, request).status();
  };
  const std::vector<std::pair<std::string, std::string>> all = {{"a", "Soldadura TIG"},
                                                                {"b", "Diseño ÁGIL: Qué (y cómo)"},
                                                                {"c", "Soldadura MIG"},
                                                                {"d", "SÓLIDOS"}};
  for (const auto& [id, title] : all) {
    ASSERT_OK(create(id, title));
    ASSERT_OK(Publish(absl::StrCat("microcredentials/", id, "/versions/1")));
  }
  ASSERT_OK(create("draft", "Soldadura al arco"));
  const auto found = [&](const std::string& prefix) {
    std::string ids;
    const auto names = List(absl::StrCat("state = PUBLISHED AND title_slug = \"", prefix, "*\""));
    EXPECT_OK(names);
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
      ids += std::vector<std::string>(absl::StrSplit(name, '/'))[1];
    }
    return ids;
  };
  const auto check = [&] {
    EXPECT_EQ(found("sol"), "cad") << "by title";
    EXPECT_EQ(found("soldadura-t"), "a");
    EXPECT_EQ(found("diseno-agil-que-y"), "b");
    EXPECT_EQ(found("tig"), "");
  };
  check();
  // What was there before the column was is found too.
  sql::Connection connection(target_);
  MustExecute(connection, "UPDATE microcredential_version SET title_slug = ''");
  EXPECT_EQ(found("sol"), "");
  for (const sql::Migration& migration : Education().migrations) {
    if (migration.name == "microcredential_version_slug_of_each") {
      MustExecute(connection, migration.text);
    }
  }
  check();
}

TEST_F(MicrocredentialVersionsTest, AreReviewedByADay) {
  const auto create = [&](const std::string& id, std::optional<absl::CivilDay> day) {
    v1::CreateMicrocredentialVersionRequest request = testing::NewMicrocredential(id, 1);
    if (day) *request.mutable_microcredential_version()->mutable_review_date() = ToProto(*day);
    return Called(*stub_, &Stub::CreateMicrocredentialVersion, request).status();
  };
  EXPECT_THAT(create("early", absl::CivilDay(2026, 8, 31)), HasReason("INVALID_FIELDS"));
  ASSERT_OK(create("a", absl::CivilDay(2028, 1, 1)));
  ASSERT_OK(create("b", std::nullopt));
  ASSERT_OK(create("c", absl::CivilDay(2027, 1, 1)));
  ASSERT_OK(create("draft", absl::CivilDay(2026, 12, 1)));
  for (const char* id : {"a", "b", "c"}) {
    ASSERT_OK(Publish(absl::StrCat("microcredentials/", id, "/versions/1")));
  }
  const auto ids = [&] {
    std::vector<std::string> ids;
    const auto names = List("state = PUBLISHED", "review_date");
    EXPECT_OK(names);
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
      ids.push_back(std::vector<std::string>(absl::StrSplit(name, '/'))[1]);
    }
    return ids;
  };
  EXPECT_THAT(ids(), ElementsAre("c", "a", "b")) << "what is not to be reviewed comes last";

  const auto review = [&](std::optional<absl::CivilDay> day) {
    v1::ReviewMicrocredentialVersionRequest request;
    request.set_name("microcredentials/c/versions/1");
    if (day) *request.mutable_review_date() = ToProto(*day);
    return Called(*stub_, &Stub::ReviewMicrocredentialVersion, request);
  };
  EXPECT_THAT(review(absl::CivilDay(2026, 8, 31)), HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto reviewed, review(absl::CivilDay(2029, 1, 1)));
  EXPECT_EQ(reviewed.state(), v1::MICROCREDENTIAL_STATE_PUBLISHED);
  EXPECT_THAT(ids(), ElementsAre("a", "c", "b"));
  ASSERT_OK(review(std::nullopt));
  EXPECT_THAT(ids(), ElementsAre("a", "b", "c"));
}

// Finds equivalents among what is added.
class EquivalentsTest : public MicrocredentialVersionsTest {
 protected:
  void Add(const std::string& id, const std::vector<std::string>& skills, int hours,
           bool published = true) {
    v1::CreateMicrocredentialVersionRequest request = testing::NewMicrocredential(id, 1);
    v1::MicrocredentialVersion& version = *request.mutable_microcredential_version();
    version.mutable_outcomes(0)->clear_hours();
    version.mutable_outcomes(0)->mutable_skills()->Assign(skills.begin(), skills.end());
    version.set_workload_hours(hours);
    version.set_level("conocer:2");
    ASSERT_OK(Called(*stub_, &Stub::CreateMicrocredentialVersion, request));
    if (!published) return;
    ASSERT_OK(Publish(NameOf(id)));
  }
  void AddStandard(const std::string& id, const std::vector<std::string>& skills, int level) {
    v1::CreateCompetenceStandardRequest request;
    request.set_competence_standard_id(id);
    v1::CompetenceStandard& standard = *request.mutable_competence_standard();
    standard.set_code("EC0217");
    standard.set_revision("01");
    standard.set_title_es("Soldadura");
    standard.set_level(level);
    standard.set_committee("Metalmecánica");
    standard.set_sector("Industria");
    standard.mutable_skills()->Assign(skills.begin(), skills.end());
    standard.set_source("test");
    standard.set_record_kind(type::v1::RECORD_KIND_REAL);
    ASSERT_OK(Called(*v1::CompetenceStandardService::NewStub(hosted_.channel()),
                     &v1::CompetenceStandardService::Stub::CreateCompetenceStandard, request));
  }
  static std::string NameOf(const std::string& id) {
    return absl::StrCat("microcredentials/", id, "/versions/1");
  }
  v1::Equivalents Find(const std::string& id) {
    v1::FindEquivalentsRequest request;
    request.set_microcredential_version(NameOf(id));
    const auto found = Called(*stub_, &Stub::FindEquivalents, request);
    EXPECT_OK(found);
    return found.value_or(v1::Equivalents());
  }
  static std::vector<std::string> NamesOf(const v1::Equivalents& found) {
    std::vector<std::string> names;
    for (const auto& one : found.equivalents()) {
      names.push_back(absl::StrCat(one.name(), " ", one.nearness_e4()));
    }
    return names;
  }
};

TEST_F(EquivalentsTest, AreTheNearestFirst) {
  Add("asked", {"skills/a", "skills/b"}, 40, false);
  Add("same", {"skills/b", "skills/a"}, 40);
  Add("also-same", {"skills/b", "skills/a"}, 40);
  Add("shorter", {"skills/a", "skills/b"}, 30);
  Add("more-skills", {"skills/a", "skills/b", "skills/c"}, 40);
  Add("far", {"skills/a", "skills/c"}, 40);
  Add("too-short", {"skills/a", "skills/b"}, 20);
  Add("draft", {"skills/a", "skills/b"}, 40, false);
  AddStandard("of-the-level", {"skills/a", "skills/b"}, 2);
  AddStandard("of-another", {"skills/a", "skills/b"}, 3);
  AddStandard("without", {}, 2);
  const v1::Equivalents found = Find("asked");
  EXPECT_THAT(NamesOf(found), ElementsAre("competenceStandards/of-the-level 10000",
                                          "microcredentials/also-same/versions/1 10000",
                                          "microcredentials/same/versions/1 10000",
                                          "microcredentials/shorter/versions/1 7500",
                                          "microcredentials/more-skills/versions/1 6666"));
  EXPECT_EQ(found.equivalent_count(), 5);
  EXPECT_FALSE(found.bounded());
  EXPECT_EQ(Find("asked").SerializeAsString(), found.SerializeAsString());
}

TEST_F(EquivalentsTest, AreNoVersionsOfItself) {
  Add("asked", {"skills/a"}, 40);
  EXPECT_THAT(NamesOf(Find("asked")), IsEmpty());
  v1::FindEquivalentsRequest request;
  request.set_microcredential_version("microcredentials/none/versions/1");
  EXPECT_THAT(Called(*stub_, &Stub::FindEquivalents, request),
              HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
}

TEST_F(EquivalentsTest, CostNoMoreForWhatSharesNoSkill) {
  Add("asked", {"skills/a", "skills/b", "skills/c"}, 40);
  Add("same", {"skills/a", "skills/b", "skills/c"}, 40);
  sql::Session session(target_);
  v1::GetMicrocredentialVersionRequest get;
  get.set_name(NameOf("asked"));
  ASSERT_OK_AND_ASSIGN(const auto asked, Called(*stub_, &Stub::GetMicrocredentialVersion, get));
  const auto read = [&] {
    const int64_t before = ReadSoFar(session);
    EXPECT_OK(EquivalentsOf(session, asked));
    return ReadSoFar(session) - before;
  };
  const int64_t few = read();
  EXPECT_GT(few, 0);
  sql::Connection other(target_);
  const std::string numbers =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)";
  MustExecute(other, "INSERT INTO published_skill " + numbers +
                         " SELECT 1, CONCAT('skills/a', i), CONCAT('m', i), 1 FROM n");
  MustExecute(other, "INSERT INTO competence_standard_skill " + numbers +
                         " SELECT CONCAT('skills/a', i), i FROM n");
  EXPECT_LE(read(), few) << "the optimizer may do with less";
}

TEST_F(EquivalentsTest, AreLookedForUpToABound) {
  Add("common", {"skills/common"}, 40);
  Add("common-and-rare", {"skills/common", "skills/rare"}, 40);
  sql::Connection other(target_);
  constexpr char kNumbers[] =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 299)";
  MustExecute(other, absl::StrCat("INSERT INTO published_skill ", kNumbers,
                                  " SELECT 1, 'skills/common', CONCAT('a', i), 1 FROM n"));
  constexpr char kSame[] =
      "version, state, title_es, title_en, country_code, awarding_body, issue_date, outcomes,"
      " workload_hours, level, assessment_type, participation_form, quality_assurance, source,"
      " record_kind, create_time, update_time";
  MustExecute(other, absl::StrCat("INSERT INTO microcredential_version (microcredential, number, ",
                                  kSame, ") ", kNumbers, " SELECT CONCAT('a', i), 1, ", kSame,
                                  " FROM n, microcredential_version AS v",
                                  " WHERE v.microcredential = 'common'"));
  const v1::Equivalents most = Find("common");
  EXPECT_EQ(most.equivalent_count(), 299) << "one more has half of the skills";
  EXPECT_EQ(most.equivalents_size(), 50);
  EXPECT_FALSE(most.bounded());
  Add("one-more", {"skills/common"}, 40);
  EXPECT_TRUE(Find("common").bounded());
  EXPECT_FALSE(Find("common-and-rare").bounded()) << "whoever has both has the rare one";
}

}  // namespace
}  // namespace puente::education
