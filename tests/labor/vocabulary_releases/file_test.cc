// Releases of the vocabulary: rules, and files as terms. No database.
#include "modules/labor/vocabulary_releases/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "modules/labor/occupations/rules.h"
#include "modules/labor/vocabulary_releases/rules.h"
#include "puente/labor/v1/occupation_tool.pb.h"
#include "tests/labor/standards.h"
#include "tests/testing/example_file.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::IsEmpty;
using Layout = v1::VocabularyLayout;

constexpr Layout kOccupations = v1::VOCABULARY_LAYOUT_ONET_OCCUPATION_DATA;
constexpr Layout kTools = v1::VOCABULARY_LAYOUT_ONET_TECHNOLOGY_SKILLS;
constexpr char kOccupationHeader[] = "O*NET-SOC Code\tTitle\tDescription\r\n";
constexpr char kToolHeader[] =
    "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\r\n";
constexpr char kToolRow[] =
    "11-1011.00\tAdobe Acrobat\t43232202\tDocument management software\tY\tN\r\n";

v1::VocabularyRelease Draft() {
  v1::VocabularyRelease release;
  release.set_name("vocabularyReleases/onet-1");
  release.set_state(v1::VOCABULARY_RELEASE_STATE_DRAFT);
  release.set_source("onet");
  release.set_record_kind(type::v1::RECORD_KIND_REAL);
  return release;
}

TEST(Vocabulary, AnOccupationsIdComesFromItsCode) {
  EXPECT_EQ(rules::OccupationId("11-1011.00"), "11-1011-00");
  EXPECT_EQ(rules::OccupationId("2271"), "2271");
  EXPECT_EQ(rules::OccupationId("C25_A.1"), "c25-a-1");
  v1::Occupation occupation;
  occupation.set_code("11-1011.00");
  occupation.set_record_kind(type::v1::RECORD_KIND_REAL);
  EXPECT_OK(rules::CheckFitsRelease(occupation, "11-1011-00", Draft()));
  EXPECT_THAT(rules::CheckFitsRelease(occupation, "ceo", Draft()),
              HasReason("OCCUPATION_ID_OF_ANOTHER_CODE"));
}

TEST(Vocabulary, GeneratedOccupationsDoNotEnterARealRelease) {
  v1::Occupation occupation;
  occupation.set_code("1");
  occupation.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  EXPECT_THAT(rules::CheckFitsRelease(occupation, "1", Draft()), HasReason("RECORD_KIND_MIXED"));
}

TEST(Vocabulary, APartialReleaseSaysWhatIsMissing) {
  v1::VocabularyRelease release = Draft();
  release.set_coverage(v1::VOCABULARY_COVERAGE_COMPLETE);
  EXPECT_THAT(rules::CheckRelease(release, "r"), IsEmpty());
  release.set_coverage(v1::VOCABULARY_COVERAGE_PARTIAL);
  ASSERT_EQ(rules::CheckRelease(release, "r").size(), 1u);
  EXPECT_EQ(rules::CheckRelease(release, "r")[0].field, "r.coverage_note");
  release.set_coverage_note("nine divisions");
  EXPECT_THAT(rules::CheckRelease(release, "r"), IsEmpty());
}

TEST(Vocabulary, AnOccupationHasALabelInOneLanguage) {
  v1::Occupation occupation;
  EXPECT_EQ(rules::CheckOccupation(occupation, "o").size(), 1u);
  occupation.set_label_en("Welders");
  EXPECT_THAT(rules::CheckOccupation(occupation, "o"), IsEmpty());
  occupation.clear_label_en();
  occupation.set_label_es("Soldadores");
  EXPECT_THAT(rules::CheckOccupation(occupation, "o"), IsEmpty());
}

TEST(Vocabulary, WhatIsPublishedSaysWhatItHas) {
  v1::VocabularyRelease release = Draft();
  EXPECT_THAT(rules::Fill(release, {}), HasReason("VOCABULARY_RELEASE_EMPTY"));
  ASSERT_OK(rules::Fill(release, {1, 2, 3, "digest"}));
  EXPECT_EQ(release.occupation_count(), 1);
  EXPECT_EQ(release.tool_count(), 2);
  EXPECT_EQ(release.skill_count(), 3);
  EXPECT_EQ(release.content_digest(), "digest");
}

struct Loaded {
  absl::Status status;
  std::vector<Term> terms;
  std::vector<size_t> batches;
  v1::LoadVocabularyResponse summary;

  template <class M>
  const M& At(size_t i) const {
    return static_cast<const M&>(*terms.at(i).message);
  }
  // "3 Title REQUIRED" for each error.
  std::vector<std::string> Errors() const {
    std::vector<std::string> errors;
    for (const type::v1::RowError& error : summary.errors()) {
      errors.push_back(absl::StrCat(error.line(), " ", error.field(), " ", error.rule()));
    }
    return errors;
  }
};

Loaded Load(Layout layout, absl::string_view file, int64_t size_bytes = 0,
            size_t slice = 64 << 10) {
  Loaded loaded;
  VocabularyLoader loader(
      {.layout = layout, .release = Draft(), .size_bytes = size_bytes, .locale = Locale::kEnglish});
  const auto take = [&] {
    while (auto batch = loader.NextBatch()) {
      EXPECT_EQ(batch->number, static_cast<int64_t>(loaded.batches.size()) + 1);
      loaded.batches.push_back(batch->records.size());
      for (auto& term : batch->records) loaded.terms.push_back(std::move(term));
    }
  };
  for (size_t at = 0; at < file.size() && loaded.status.ok(); at += slice) {
    loaded.status = loader.Feed(file.substr(at, slice));
    take();
  }
  if (loaded.status.ok()) loaded.status = loader.Finish();
  if (loaded.status.ok()) take();
  loaded.summary = loader.Summary();
  return loaded;
}

TEST(VocabularyFile, RowsBecomeOccupationsInEnglish) {
  const Loaded loaded = Load(
      kOccupations, absl::StrCat(kOccupationHeader, "11-1011.00\tChief \"Execs\"\tDo, all.\r\n"));
  ASSERT_OK(loaded.status);
  ASSERT_EQ(loaded.terms.size(), 1u);
  EXPECT_EQ(loaded.terms[0].line, 2);
  EXPECT_EQ(loaded.terms[0].id, "11-1011-00");
  const auto& occupation = loaded.At<v1::Occupation>(0);
  EXPECT_EQ(occupation.name(), "vocabularyReleases/onet-1/occupations/11-1011-00");
  EXPECT_EQ(occupation.code(), "11-1011.00");
  EXPECT_EQ(occupation.label_en(), "Chief \"Execs\"");
  EXPECT_EQ(occupation.label_es(), "");
  EXPECT_EQ(occupation.description_en(), "Do, all.");
  EXPECT_EQ(occupation.source(), "onet");
  EXPECT_EQ(occupation.record_kind(), type::v1::RECORD_KIND_REAL);
}

TEST(VocabularyFile, RowsBecomeToolsWithIdsThatEveryReleaseShares) {
  const Loaded loaded = Load(kTools, absl::StrCat(kToolHeader, kToolRow));
  ASSERT_OK(loaded.status);
  ASSERT_EQ(loaded.terms.size(), 1u);
  const auto& tool = loaded.At<v1::OccupationTool>(0);
  EXPECT_EQ(tool.occupation(), "vocabularyReleases/onet-1/occupations/11-1011-00");
  EXPECT_EQ(tool.tool(), "Adobe Acrobat");
  EXPECT_EQ(tool.commodity_code(), "43232202");
  EXPECT_EQ(tool.commodity_title(), "Document management software");
  EXPECT_TRUE(tool.us_hot_technology());
  EXPECT_FALSE(tool.us_in_demand());
  EXPECT_EQ(tool.name(), absl::StrCat("vocabularyReleases/onet-1/tools/", loaded.terms[0].id));
  EXPECT_EQ(loaded.terms[0].id, "te46fb102bbc878146a895714c459f46e");
}

TEST(VocabularyFile, EveryFieldIsChecked) {
  const auto changed = [](absl::string_view from, absl::string_view to) {
    return absl::StrReplaceAll(kToolRow, {{from, to}});
  };
  const Loaded loaded = Load(
      kTools,
      absl::StrCat(kToolHeader, changed("11-1011.00", "11-1011"), changed("43232202", "4323220"),
                   changed("\tY", "\ty"), changed("\tN", "\t"), changed("Adobe Acrobat", " "),
                   changed("Adobe", std::string(201, 'a')), changed("Adobe", "Ado\x07 be"),
                   changed("\tY\tN", "\tN"), changed("\tN", "\tN\t")));
  ASSERT_OK(loaded.status);
  EXPECT_THAT(loaded.Errors(),
              ElementsAre("2 O*NET-SOC Code SOC_CODE", "3 Commodity Code COMMODITY_CODE",
                          "4 Hot Technology YES_OR_NO", "5 In Demand YES_OR_NO",
                          "6 Example REQUIRED", "7 Example TOO_LONG", "8 Example TEXT",
                          "9  TOO_FEW_FIELDS", "10  TOO_MANY_FIELDS"));
  EXPECT_EQ(loaded.summary.read_count(), 9);
  EXPECT_EQ(loaded.summary.rejected_count(), 9);
  EXPECT_THAT(loaded.terms, IsEmpty());
}

TEST(VocabularyFile, ARepeatedRowIsReportedAndTheFirstKept) {
  const Loaded loaded =
      Load(kTools, absl::StrCat(kToolHeader, kToolRow,
                                absl::StrReplaceAll(kToolRow, {{"43232202", "43232203"}})));
  EXPECT_THAT(loaded.Errors(), ElementsAre("3 O*NET-SOC Code ROW_REPEATED"));
  ASSERT_EQ(loaded.terms.size(), 1u);
  EXPECT_EQ(loaded.At<v1::OccupationTool>(0).commodity_code(), "43232202");
}

TEST(VocabularyFile, OtherLineEndsAMarkAndColumnsInAnotherOrderAreFine) {
  for (const std::string end : {"\n", "\r", "\r\n"}) {
    const Loaded loaded = Load(kOccupations,
                               absl::StrCat("\xEF\xBB\xBFTitle\tMore\tDescription\tO*NET-SOC Code",
                                            end, "Welders\tx\tThey weld.\t51-4121.00", end),
                               0, 1);
    ASSERT_OK(loaded.status);
    ASSERT_EQ(loaded.terms.size(), 1u);
    EXPECT_EQ(loaded.At<v1::Occupation>(0).label_en(), "Welders");
  }
}

TEST(VocabularyFile, FilesOfAnotherKindAreRefusedWhole) {
  const auto refused = [](absl::string_view file) { return Load(kOccupations, file).status; };
  EXPECT_THAT(refused(""), HasReason("FILE_EMPTY"));
  EXPECT_THAT(refused(kToolHeader), HasReason("FILE_COLUMNS"));
  EXPECT_EQ(MetadataOf(refused(kToolHeader), "missing"), "Title, Description");
  EXPECT_THAT(refused("Title\tTitle\tDescription\tO*NET-SOC Code\n"), HasReason("FILE_COLUMNS"));
  EXPECT_THAT(refused(absl::StrCat(kOccupationHeader, "11-1011.00\tJefe de a\xF1o\tx\n")),
              HasReason("FILE_ENCODING"));
  EXPECT_THAT(refused("\xFF\xFEO\0*\0"), HasReason("FILE_ENCODING"));
}

TEST(VocabularyFile, ACutFileKeepsItsWholeRows) {
  const std::string whole =
      absl::StrCat(kOccupationHeader, "11-1011.00\tA\tOne.\r\n", "11-1021.00\tB\tTwo words.\r\n");
  const Loaded inside =
      Load(kOccupations, whole.substr(0, whole.size() - 8), static_cast<int64_t>(whole.size()));
  EXPECT_TRUE(inside.summary.truncated());
  EXPECT_THAT(inside.Errors(), ElementsAre("3  ROW_CUT"));
  EXPECT_EQ(inside.terms.size(), 1u);
  const Loaded between =
      Load(kOccupations, whole.substr(0, whole.size() - 24), static_cast<int64_t>(whole.size()));
  EXPECT_TRUE(between.summary.truncated());
  EXPECT_EQ(between.terms.size(), 1u);
  EXPECT_FALSE(Load(kOccupations, whole, static_cast<int64_t>(whole.size())).summary.truncated());
}

TEST(VocabularyFile, ARowOverTheBoundIsReportedAndReadingGoesOn) {
  const Loaded loaded =
      Load(kOccupations, absl::StrCat(kOccupationHeader, "11-1011.00\tA\t",
                                      std::string(300'000, 'x'), "\r\n11-1021.00\tB\tTwo.\r\n"));
  EXPECT_THAT(loaded.Errors(), ElementsAre("2  ROW_TOO_LONG"));
  EXPECT_EQ(loaded.terms.size(), 1u);
}

std::string Numbered(int count) {
  std::string file = kOccupationHeader;
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&file, "11-", 1000 + i, ".00\tTitle\tText.\r\n");
  }
  return file;
}

TEST(VocabularyFile, BatchesAreTheSameHoweverItIsSliced) {
  const std::string file = Numbered(2500);
  const Loaded whole = Load(kOccupations, file, 0, file.size());
  EXPECT_THAT(whole.batches, ElementsAre(1000u, 1000u, 500u));
  const Loaded sliced = Load(kOccupations, file, 0, 13);
  EXPECT_THAT(sliced.batches, ElementsAre(1000u, 1000u, 500u));
  EXPECT_EQ(sliced.summary.SerializeAsString(), whole.summary.SerializeAsString());
}

// Figures of O*NET's files (docs/example-files.md), counted apart:
//   cut -f1 'Technology Skills.txt' | tail -n +2 | sort -u | wc -l, and so on.
TEST(VocabularyFile, TheRealFilesHaveNoErrorAndAsManyRowsAsCountedApart) {
  const std::string folder = testing::ExampleFile("onet/");
  if (!std::filesystem::exists(folder))
    GTEST_SKIP() << folder << " is not there (docs/example-files.md)";
  const Loaded occupations = Load(kOccupations, ReadFile(folder + "Occupation Data.txt"));
  ASSERT_OK(occupations.status);
  EXPECT_EQ(occupations.summary.rejected_count(), 0) << occupations.summary.ShortDebugString();
  EXPECT_EQ(occupations.terms.size(), 1016u);
  const Loaded tools = Load(kTools, ReadFile(folder + "Technology Skills.txt"));
  ASSERT_OK(tools.status);
  EXPECT_EQ(tools.summary.rejected_count(), 0) << tools.summary.ShortDebugString();
  ASSERT_EQ(tools.terms.size(), 32'435u);
  std::set<std::string> users, names, commodities;
  int hot = 0, in_demand = 0;
  for (size_t i = 0; i < tools.terms.size(); ++i) {
    const auto& tool = tools.At<v1::OccupationTool>(i);
    users.insert(tool.occupation());
    names.insert(tool.tool());
    commodities.insert(tool.commodity_code());
    hot += tool.us_hot_technology();
    in_demand += tool.us_in_demand();
  }
  EXPECT_EQ(users.size(), 923u);
  EXPECT_EQ(names.size(), 8745u);
  EXPECT_EQ(commodities.size(), 135u);
  EXPECT_EQ(hot, 11'419);
  EXPECT_EQ(in_demand, 2'510);
}

}  // namespace
}  // namespace puente::labor
