// Releases of the vocabulary on a real database: filling, publishing, reading, comparing.
#include <atomic>
#include <filesystem>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/crypto/digest.h"
#include "modules/labor/errors.h"
#include "puente/labor/v1/occupation.grpc.pb.h"
#include "puente/labor/v1/occupation_tool.grpc.pb.h"
#include "puente/labor/v1/released_skill.grpc.pb.h"
#include "puente/labor/v1/skill.grpc.pb.h"
#include "puente/labor/v1/vocabulary_release.grpc.pb.h"
#include "tests/agencies/contract.h"
#include "tests/labor/hosted.h"
#include "tests/labor/standards.h"
#include "tests/labor/vocabulary_releases/releases.h"
#include "tests/testing/example_file.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Occupations = v1::OccupationService::Stub;
using Tools = v1::OccupationToolService::Stub;
using ReleasedSkills = v1::ReleasedSkillService::Stub;
using Skills = v1::SkillService::Stub;

constexpr v1::VocabularyLayout kOccupations = v1::VOCABULARY_LAYOUT_ONET_OCCUPATION_DATA;
constexpr v1::VocabularyLayout kTools = v1::VOCABULARY_LAYOUT_ONET_TECHNOLOGY_SKILLS;
constexpr char kOccupationHeader[] = "O*NET-SOC Code\tTitle\tDescription\r\n";
constexpr char kToolHeader[] =
    "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\r\n";

std::string OccupationRow(absl::string_view code, absl::string_view title) {
  return absl::StrCat(code, "\t", title, "\tThey work.\r\n");
}
std::string ToolRow(absl::string_view code, absl::string_view tool,
                    absl::string_view flags = "Y\tN") {
  return absl::StrCat(code, "\t", tool, "\t43232202\tSoftware\t", flags, "\r\n");
}

class VocabularyService : public ::testing::Test {
 protected:
  VocabularyService()
      : target_(NewLaborSchema()),
        connection_(target_),
        module_(Labor(), target_, "agency/labor", Config()),
        releases_(module_.channel()),
        occupations_(module_.channel()),
        tools_(module_.channel()),
        released_(module_.channel()),
        skills_(module_.channel()) {}

  absl::StatusOr<v1::VocabularyRelease> Draft(const std::string& id,
                                              const std::string& framework = "onet") {
    return DraftRelease(releases_, id, framework);
  }

  absl::StatusOr<v1::LoadVocabularyResponse> Load(const std::string& id,
                                                  v1::VocabularyLayout layout,
                                                  const std::string& file,
                                                  const std::string& request_id = "") {
    return LoadRelease(releases_, id, layout, file, request_id);
  }

  absl::StatusOr<v1::VocabularyRelease> Publish(const std::string& id,
                                                const std::string& request_id = "") {
    return PublishRelease(releases_, id, request_id);
  }

  // A draft with two occupations and three tools.
  void MustFill(const std::string& id) {
    ASSERT_OK(Draft(id));
    ASSERT_OK(Load(id, kOccupations,
                   absl::StrCat(kOccupationHeader, OccupationRow("11-1011.00", "Chiefs"),
                                OccupationRow("51-4121.00", "Welders"))));
    ASSERT_OK(Load(id, kTools,
                   absl::StrCat(kToolHeader, ToolRow("11-1011.00", "Excel"),
                                ToolRow("51-4121.00", "CAD"), ToolRow("51-4121.00", "Excel"))));
  }

  absl::StatusOr<v1::Occupation> Add(const std::string& release, const std::string& code) {
    v1::CreateOccupationRequest request;
    request.set_parent("vocabularyReleases/" + release);
    request.set_occupation_id(code);
    request.mutable_occupation()->set_code(code);
    request.mutable_occupation()->set_label_es("Oficio");
    request.mutable_occupation()->set_source("test");
    request.mutable_occupation()->set_record_kind(type::v1::RECORD_KIND_REAL);
    return Called(occupations_, &Occupations::CreateOccupation, request);
  }

  // "occupation id:tool" of each, in the list's order.
  std::vector<std::string> ToolsOf(const std::string& parent, const std::string& filter) {
    v1::ListOccupationToolsRequest request;
    request.set_parent("vocabularyReleases/" + parent);
    request.set_filter(filter);
    request.set_page_size(2);
    std::vector<std::string> found;
    do {
      const auto page = Called(tools_, &Tools::ListOccupationTools, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const auto& tool : page->occupation_tools()) {
        found.push_back(absl::StrCat(tool.occupation().substr(19), ":", tool.tool()));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return found;
  }

  // "+id", "-id" or "~id" of each difference of occupations.
  std::vector<std::string> Differences(const std::string& from, const std::string& to,
                                       int page_size = 0) {
    v1::DiffOccupationsRequest request;
    request.set_from_release("vocabularyReleases/" + from);
    request.set_to_release("vocabularyReleases/" + to);
    request.set_page_size(page_size);
    std::vector<std::string> found;
    do {
      const auto page = Called(occupations_, &Occupations::DiffOccupations, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const auto& change : page->changes()) {
        const char* sign = !change.has_before() ? "+" : !change.has_after() ? "-" : "~";
        found.push_back(absl::StrCat(
            sign, change.has_after() ? change.after().code() : change.before().code()));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return found;
  }

  const sql::Target target_;
  sql::Connection connection_;
  HostedModule module_;
  Releases releases_;
  Occupations occupations_;
  Tools tools_;
  ReleasedSkills released_;
  Skills skills_;
};

TEST_F(VocabularyService, TablesAndListsOfTheModuleFitTheirSpecifications) {
  testing::ExpectTablesFit(target_, "puente.labor.v1", 8);
}

TEST_F(VocabularyService, ErrorsOfTheModuleAreACatalogue) {
  testing::ExpectErrors("puente.labor.v1", error::kAll, "labor.puente");
}

TEST_F(VocabularyService, AReleaseIsFilledPublishedAndRead) {
  MustFill("a");
  ASSERT_OK_AND_ASSIGN(const v1::VocabularyRelease published, Publish("a"));
  EXPECT_EQ(published.occupation_count(), 2);
  EXPECT_EQ(published.tool_count(), 3);
  EXPECT_EQ(published.skill_count(), 0);
  EXPECT_EQ(published.content_digest().size(), 32u);
  EXPECT_THAT(ToolsOf("a", "occupation = \"vocabularyReleases/a/occupations/51-4121-00\""),
              ElementsAre("a/occupations/51-4121-00:CAD", "a/occupations/51-4121-00:Excel"));
  EXPECT_THAT(ToolsOf("a", "tool = \"Excel\""),
              ElementsAre("a/occupations/11-1011-00:Excel", "a/occupations/51-4121-00:Excel"));
  EXPECT_THAT(ToolsOf("a", "commodity_code = \"43232202\""),
              ElementsAre("a/occupations/51-4121-00:CAD", "a/occupations/11-1011-00:Excel",
                          "a/occupations/51-4121-00:Excel"));
  v1::ListOccupationsRequest request;
  request.set_parent("vocabularyReleases/-");
  request.set_filter("code = \"51-4121.00*\"");
  ASSERT_OK_AND_ASSIGN(const auto page,
                       Called(occupations_, &Occupations::ListOccupations, request));
  ASSERT_EQ(page.occupations_size(), 1);
  EXPECT_EQ(page.occupations(0).label_en(), "Welders");
}

// Who has read a release recomputes what it says of itself, as the contract tells.
TEST_F(VocabularyService, TheDigestIsOfWhatIsRead) {
  MustFill("a");
  ASSERT_OK_AND_ASSIGN(const v1::VocabularyRelease published, Publish("a"));
  std::string digests;
  const auto add = [&](auto term) {
    term.clear_create_time();
    term.clear_update_time();
    term.clear_etag();
    digests += crypto::Sha256(crypto::Canonical(term));
  };
  v1::ListOccupationsRequest occupations;
  occupations.set_parent("vocabularyReleases/a");
  ASSERT_OK_AND_ASSIGN(const auto read,
                       Called(occupations_, &Occupations::ListOccupations, occupations));
  for (const auto& term : read.occupations()) add(term);
  v1::ListOccupationToolsRequest tools;
  tools.set_parent("vocabularyReleases/a");
  ASSERT_OK_AND_ASSIGN(const auto used, Called(tools_, &Tools::ListOccupationTools, tools));
  for (const auto& term : used.occupation_tools()) add(term);
  EXPECT_EQ(crypto::Sha256(digests), published.content_digest());
}

TEST_F(VocabularyService, LoadingAgainChangesNothingAndNoTwoFilesMayDiffer) {
  MustFill("a");
  const std::string file =
      absl::StrCat(kOccupationHeader, OccupationRow("11-1011.00", "Chiefs"),
                   OccupationRow("51-4121.00", "Solderers"), OccupationRow("51-4122.00", "Others"));
  ASSERT_OK_AND_ASSIGN(const auto again, Load("a", kOccupations, file));
  EXPECT_EQ(again.read_count(), 3);
  EXPECT_EQ(again.unchanged_count(), 1);
  EXPECT_EQ(again.loaded_count(), 1);
  EXPECT_EQ(again.rejected_count(), 1);
  ASSERT_EQ(again.errors_size(), 1);
  EXPECT_EQ(again.errors(0).line(), 3);
  EXPECT_EQ(again.errors(0).rule(), "STORED_OTHERWISE");
  EXPECT_EQ(again.errors(0).value(), "51-4121.00");
  const int64_t entries = MustCount(connection_, "SELECT COUNT(*) FROM journal_entry");
  ASSERT_OK_AND_ASSIGN(const auto third, Load("a", kOccupations, file));
  EXPECT_EQ(third.unchanged_count(), 2);
  EXPECT_EQ(third.freshness_token(), "");
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), entries);
}

TEST_F(VocabularyService, ARepeatedUploadReplaysItsChunksAndItsErrors) {
  MustFill("a");
  const std::string id = crypto::Uuid4();
  const std::string file =
      absl::StrCat(kToolHeader, ToolRow("51-4121.00", "New"), ToolRow("99-9999.00", "Excel"));
  ASSERT_OK_AND_ASSIGN(const auto first, Load("a", kTools, file, id));
  EXPECT_EQ(first.loaded_count(), 1);
  ASSERT_EQ(first.errors_size(), 1);
  EXPECT_EQ(first.errors(0).rule(), "UNKNOWN_OCCUPATION");
  EXPECT_EQ(first.errors(0).line(), 3);
  ASSERT_OK_AND_ASSIGN(const auto again, Load("a", kTools, file, id));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  // The same rows on other lines are the same chunk.
  ASSERT_OK_AND_ASSIGN(const auto moved,
                       Load("a", kTools, absl::StrReplaceAll(file, {{"\r\n", "\r\n\r\n"}}), id));
  EXPECT_EQ(moved.loaded_count(), 1);
  EXPECT_EQ(moved.errors(0).line(), 5);
  EXPECT_THAT(Load("a", kTools, absl::StrCat(kToolHeader, ToolRow("51-4121.00", "Other")), id),
              HasReason("REQUEST_ID_REUSED"));
}

TEST_F(VocabularyService, WhatIsPublishedNeverChanges) {
  MustFill("a");
  const std::string id = crypto::Uuid4();
  ASSERT_OK_AND_ASSIGN(const auto published, Publish("a", id));
  ASSERT_OK_AND_ASSIGN(const auto repeated, Publish("a", id));
  EXPECT_EQ(repeated.SerializeAsString(), published.SerializeAsString());
  EXPECT_THAT(Publish("a"), HasReason("VOCABULARY_RELEASE_NOT_DRAFT"));
  EXPECT_THAT(Load("a", kOccupations, kOccupationHeader),
              HasReason("VOCABULARY_RELEASE_NOT_DRAFT"));
  EXPECT_THAT(Add("a", "3"), HasReason("VOCABULARY_RELEASE_NOT_DRAFT"));
  v1::UpdateVocabularyReleaseRequest relabel;
  relabel.mutable_vocabulary_release()->set_name("vocabularyReleases/a");
  relabel.mutable_vocabulary_release()->set_version_label("2");
  EXPECT_THAT(Called(releases_, &Releases::UpdateVocabularyRelease, relabel),
              HasReason("VOCABULARY_RELEASE_NOT_DRAFT"));
  v1::UpdateOccupationRequest rename;
  rename.mutable_occupation()->set_name("vocabularyReleases/a/occupations/11-1011-00");
  rename.mutable_occupation()->set_label_en("Bosses");
  EXPECT_THAT(Called(occupations_, &Occupations::UpdateOccupation, rename),
              HasReason("VOCABULARY_RELEASE_NOT_DRAFT"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM occupation"), 2);
}

TEST_F(VocabularyService, AnEmptyDraftIsNotPublishedAndAnAbsentOneNotFilled) {
  ASSERT_OK(Draft("a"));
  EXPECT_THAT(Publish("a"), HasReason("VOCABULARY_RELEASE_EMPTY"));
  EXPECT_THAT(Publish("none"), HasReason("VOCABULARY_RELEASE_NOT_FOUND"));
  EXPECT_THAT(Load("none", kOccupations, ""), HasReason("VOCABULARY_RELEASE_NOT_FOUND"));
  EXPECT_THAT(Load("NONE", kOccupations, ""), HasReason("INVALID_NAME"));
  EXPECT_THAT(Add("none", "1"), HasReason("VOCABULARY_RELEASE_NOT_FOUND"));
}

TEST_F(VocabularyService, OnlyPublishingItselfIsCheckedWithValidateOnly) {
  MustFill("a");
  v1::PublishVocabularyReleaseRequest request;
  request.set_name("vocabularyReleases/a");
  request.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const auto would,
                       Called(releases_, &Releases::PublishVocabularyRelease, request));
  EXPECT_EQ(would.tool_count(), 3);
  EXPECT_OK(Add("a", "3"));  // still a draft
}

// What is counted and digested is what is there when it is published, whoever fills it meanwhile.
TEST_F(VocabularyService, PublishingAndFillingAtOnceAgree) {
  ASSERT_OK(Draft("a"));
  ASSERT_OK(Add("a", "1"));
  std::atomic<int> added = 1;
  std::vector<std::thread> threads;
  for (int thread = 2; thread < 6; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 200; ++i) {
        const auto done = Add("a", absl::StrCat(thread, "00", i));
        if (done.ok()) {
          ++added;
        } else {
          EXPECT_THAT(done, HasReason("VOCABULARY_RELEASE_NOT_DRAFT"));
          return;
        }
      }
    });
  }
  while (added < 20) std::this_thread::yield();  // the loops end by themselves
  const auto published = Publish("a");
  for (std::thread& thread : threads) thread.join();
  ASSERT_OK(published);
  EXPECT_EQ(published->occupation_count(), added);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM occupation"), added);
}

TEST_F(VocabularyService, WhatChangedBetweenReleasesIsSaidInPages) {
  MustFill("a");
  ASSERT_OK(Draft("b"));
  ASSERT_OK(Load("b", kOccupations,
                 absl::StrCat(kOccupationHeader, OccupationRow("11-1011.00", "Chiefs"),
                              OccupationRow("13-0000.00", "New"),
                              OccupationRow("51-4121.00", "Welders and others"))));
  const auto expected = ElementsAre("+13-0000.00", "~51-4121.00");
  EXPECT_THAT(Differences("a", "b"), expected);
  EXPECT_THAT(Differences("a", "b", 1), expected);
  EXPECT_THAT(Differences("b", "a"), ElementsAre("-13-0000.00", "~51-4121.00"));
  EXPECT_THAT(Differences("a", "a"), IsEmpty());
  v1::DiffOccupationToolsRequest tools;
  tools.set_from_release("vocabularyReleases/a");
  tools.set_to_release("vocabularyReleases/b");
  ASSERT_OK_AND_ASSIGN(const auto removed, Called(tools_, &Tools::DiffOccupationTools, tools));
  EXPECT_EQ(removed.changes_size(), 3);
  EXPECT_FALSE(removed.changes(0).has_after());
  tools.set_to_release("vocabularyReleases/none");
  EXPECT_THAT(Called(tools_, &Tools::DiffOccupationTools, tools),
              HasReason("VOCABULARY_RELEASE_NOT_FOUND"));
  tools.set_to_release("vocabularyReleases/b");
  tools.set_page_token("nonsense");
  EXPECT_THAT(Called(tools_, &Tools::DiffOccupationTools, tools), HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(VocabularyService, DifferencesBeyondOneReadAreFound) {
  const auto file = [](int first, int count, const std::string& title) {
    std::string rows = kOccupationHeader;
    for (int i = first; i < first + count; ++i) {
      absl::StrAppend(&rows, OccupationRow(absl::StrCat("11-", 1000 + i, ".00"), title));
    }
    return rows;
  };
  ASSERT_OK(Draft("a"));
  ASSERT_OK(Draft("b"));
  ASSERT_OK(Load("a", kOccupations, file(0, 2300, "Same")));
  ASSERT_OK(Load("b", kOccupations, file(700, 2300, "Same")));
  const std::vector<std::string> found = Differences("a", "b");
  EXPECT_EQ(found.size(), 1400u);
  EXPECT_EQ(found.front(), "-11-1000.00");
  EXPECT_EQ(found[699], "-11-1699.00");
  EXPECT_EQ(found[700], "+11-3300.00");
  EXPECT_EQ(Differences("a", "b", 37), found);
  EXPECT_EQ(Differences("b", "a", 1000).size(), 1400u);
}

TEST_F(VocabularyService, PuentesOwnReleaseFreezesTheLivingSkills) {
  v1::CreateSkillRequest create;
  create.set_skill_id("welding");
  create.mutable_skill()->set_label_es("Soldadura");
  create.mutable_skill()->set_label_en("Welding");
  create.mutable_skill()->set_kind(v1::SKILL_KIND_TECHNICAL);
  create.mutable_skill()->set_framework("puente");
  create.mutable_skill()->set_source("test");
  create.mutable_skill()->set_record_kind(type::v1::RECORD_KIND_REAL);
  ASSERT_OK(Called(skills_, &Skills::CreateSkill, create));
  create.set_skill_id("made-up");
  create.mutable_skill()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
  ASSERT_OK(Called(skills_, &Skills::CreateSkill, create));
  ASSERT_OK(Draft("own-1", "puente"));
  ASSERT_OK_AND_ASSIGN(const auto first, Publish("own-1"));
  EXPECT_EQ(first.skill_count(), 1);  // generated ones never mix with real ones

  v1::UpdateSkillRequest update;
  update.mutable_skill()->set_name("skills/welding");
  update.mutable_skill()->set_label_en("Welding, all kinds");
  ASSERT_OK(Called(skills_, &Skills::UpdateSkill, update));
  ASSERT_OK(Draft("own-2", "puente"));
  ASSERT_OK(Publish("own-2"));

  v1::GetReleasedSkillRequest get;
  get.set_name("vocabularyReleases/own-1/skills/welding");
  ASSERT_OK_AND_ASSIGN(const auto frozen,
                       Called(released_, &ReleasedSkills::GetReleasedSkill, get));
  EXPECT_EQ(frozen.label_en(), "Welding");
  EXPECT_EQ(frozen.label_es(), "Soldadura");
  EXPECT_EQ(frozen.skill_etag(), "v1");
  v1::DiffReleasedSkillsRequest diff;
  diff.set_from_release("vocabularyReleases/own-1");
  diff.set_to_release("vocabularyReleases/own-2");
  ASSERT_OK_AND_ASSIGN(const auto changed,
                       Called(released_, &ReleasedSkills::DiffReleasedSkills, diff));
  ASSERT_EQ(changed.changes_size(), 1);
  EXPECT_EQ(changed.changes(0).before().label_en(), "Welding");
  EXPECT_EQ(changed.changes(0).after().label_en(), "Welding, all kinds");
  EXPECT_EQ(changed.changes(0).after().skill_etag(), "v2");
}

TEST_F(VocabularyService, OnlyTheMinistryFillsAndPublishes) {
  MustFill("a");
  HostedModule other(Labor(), target_, "supplier/portal", Config());
  Releases releases(other.channel());
  v1::PublishVocabularyReleaseRequest request;
  request.set_name("vocabularyReleases/a");
  EXPECT_THAT(Called(releases, &Releases::PublishVocabularyRelease, request),
              HasReason("CALLER_REFUSED"));
  v1::GetVocabularyReleaseRequest get;
  get.set_name("vocabularyReleases/a");
  EXPECT_OK(Called(releases, &Releases::GetVocabularyRelease, get));
}

TEST_F(VocabularyService, TheRealFilesMakeARelease) {
  const std::string folder = testing::ExampleFile("onet/");
  if (!std::filesystem::exists(folder))
    GTEST_SKIP() << folder << " is not there (docs/example-files.md)";
  ASSERT_OK(Draft("onet"));
  const std::string tools = ReadFile(folder + "Technology Skills.txt");
  ASSERT_OK_AND_ASSIGN(const auto occupations,
                       Load("onet", kOccupations, ReadFile(folder + "Occupation Data.txt")));
  EXPECT_EQ(occupations.loaded_count(), 1016);
  ASSERT_OK_AND_ASSIGN(const auto loaded, Load("onet", kTools, tools));
  EXPECT_EQ(loaded.read_count(), 32'435);
  EXPECT_EQ(loaded.loaded_count(), 32'435) << loaded.ShortDebugString();
  EXPECT_EQ(loaded.content_digest(), crypto::Sha256(tools));
  ASSERT_OK_AND_ASSIGN(const auto again, Load("onet", kTools, tools));
  EXPECT_EQ(again.unchanged_count(), 32'435);
  ASSERT_OK_AND_ASSIGN(const auto published, Publish("onet"));
  EXPECT_EQ(published.occupation_count(), 1016);
  EXPECT_EQ(published.tool_count(), 32'435);
  // As grep -c "$(printf '\tMicrosoft Excel\t')" and so on count.
  EXPECT_EQ(ToolsOf("onet", "tool = \"Microsoft Excel\"").size(), 856u);
  EXPECT_EQ(
      ToolsOf("onet", "occupation = \"vocabularyReleases/onet/occupations/15-1253-00\"").size(),
      424u);
}

}  // namespace
}  // namespace puente::labor
