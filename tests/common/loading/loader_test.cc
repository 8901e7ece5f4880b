// Any record can be loaded: here another than the vacancies for which it was made.
#include "common/loading/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "absl/strings/str_cat.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/testing/folder.h"
#include "tests/testing/status.h"

namespace puente::loading {
namespace {

using economy::v1::DemandStatement;
using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Layout& DemandLayout() {
  static const auto* layout = new Layout{.type = DemandStatement::descriptor(),
                                         .targets = {{"skill"},
                                                     {"level"},
                                                     {"heads"},
                                                     {"start_date"},
                                                     {"end_date"},
                                                     {"state_code", &kStateCode},
                                                     {"scian_class"},
                                                     {"occupation_code"}}};
  return *layout;
}

constexpr char kProfile[] = R"({"profile": "p", "about": "a", "delimiter": ";", "columns": [
    {"column": "what", "field": "skill"},
    {"column": "n", "field": "heads"}, {"column": "from", "field": "start_date"},
    {"column": "to", "field": "end_date", "format": "DD/MM/YYYY"},
    {"column": "where", "field": "state_code"}, {"column": "class", "field": "scian_class"},
    {"column": "job", "field": "occupation_code", "absent": ["?"]}]})";
constexpr char kHeader[] = "what;n;from;to;where;class;job\n";
constexpr char kRow[] = "skills/mig;12;2026-01-01;31/12/2026;Sonora;3363;?\n";

struct Loaded {
  std::vector<DemandStatement> records;
  labor::v1::LoadVacanciesResponse summary;
};

Loaded Load(const std::string& rows) {
  const Profile profile = ParseProfile(DemandLayout(), kProfile, "p.json").value();
  LoadOptions<DemandStatement> options;
  options.profile = &profile;
  options.base.set_source("survey");
  options.name_prefix = "companies/a/demandStatements/d";
  options.complete = [](DemandStatement& made) { made.set_level("cefr:B2"); };
  options.locale = Locale::kEnglish;
  Loader<DemandStatement> loader(std::move(options));
  EXPECT_OK(loader.Feed(kHeader + rows));
  EXPECT_OK(loader.Finish());
  Loaded loaded;
  while (auto batch = loader.NextBatch()) {
    for (DemandStatement& record : batch->records) loaded.records.push_back(std::move(record));
  }
  loaded.summary = loader.Summary<labor::v1::LoadVacanciesResponse>();
  return loaded;
}

TEST(Loader, MakesRecordsOfAnyMessageByItsDescriptor) {
  const Loaded loaded = Load(kRow);
  ASSERT_EQ(loaded.records.size(), 1u) << loaded.summary.ShortDebugString();
  DemandStatement made = loaded.records[0];
  EXPECT_EQ(made.name().substr(0, 30), "companies/a/demandStatements/d");
  made.clear_name();
  EXPECT_EQ(made.ShortDebugString(),
            "skill: \"skills/mig\" level: \"cefr:B2\" heads: 12 "
            "start_date { year: 2026 month: 1 day: 1 } end_date { year: 2026 month: 12 day: 31 } "
            "state_code: \"26\" scian_class: \"3363\" source: \"survey\"");
}

TEST(Loader, HoldsTheFieldsToTheirRules) {
  const Loaded loaded = Load(
      "mig;0;2026-01-01;2026-12-31;Texas;3;07\n"
      ";1000001;2026-01-01;31/12/2026;Sonora;3363;7\n");
  EXPECT_THAT(loaded.records, IsEmpty());
  std::vector<std::string> errors;
  for (const type::v1::RowError& error : loaded.summary.errors()) {
    errors.push_back(absl::StrCat(error.line(), " ", error.field(), " ", error.rule()));
  }
  EXPECT_THAT(errors, ElementsAre("2 what PATTERN", "2 n NOT_ZERO", "2 to DATE_FORMAT",
                                  "2 where NOT_A_STATE", "2 class PATTERN", "2 job PATTERN",
                                  "3 what REQUIRED", "3 n TOO_LARGE"));
  EXPECT_EQ(loaded.summary.errors(1).remedy(), "must not be 0; leave it empty if none is stated.");
}

TEST(Loader, TrimsWhiteSpaceOfAnyScript) {
  const Loaded trimmed = Load(
      "\u00A0skills/mig\u00A0;\u200912;2026-01-01\u00A0;31/12/2026;Sonora\u00A0;3363\u3000;"
      "\u00A0?\n");
  EXPECT_THAT(trimmed.summary.errors(), IsEmpty()) << trimmed.summary.ShortDebugString();
  ASSERT_EQ(trimmed.records.size(), 1u);
  EXPECT_EQ(trimmed.records[0].name(), Load(kRow).records[0].name());
  const Loaded blank = Load("\u00A0;12;2026-01-01;31/12/2026;Sonora;3363;?\n");
  ASSERT_EQ(blank.summary.errors_size(), 1);
  EXPECT_EQ(blank.summary.errors(0).field(), "what");
  EXPECT_EQ(blank.summary.errors(0).rule(), "REQUIRED");
}

TEST(Loader, RowsThatStateTheSameAreRecordsOfTheirOwn) {
  const auto names = [](const Loaded& loaded) {
    std::set<std::string> names;
    for (const DemandStatement& record : loaded.records) names.insert(record.name());
    return names;
  };
  const std::string row = kRow;
  EXPECT_EQ(names(Load(row + row + row)).size(), 3u);
  EXPECT_EQ(names(Load(row + row)),
            names(Load("skills/mig ;012" + row.substr(13) + "skills/mig;12" + row.substr(13))));
}

TEST(Profiles, OfAFolderAreReadAndThoseThatAreWrongKeepNobodyFromTheOthers) {
  const testing::Folder own;
  const std::filesystem::path folder = own.path();
  const auto place = [](const absl::Status& status) {
    return absl::StrCat(MetadataOf(status, "file"), " ", MetadataOf(status, "place"));
  };
  std::ofstream(folder / "p.json") << kProfile;
  std::ofstream(folder / "notes.txt") << "no profile";
  std::filesystem::create_symlink(folder / "nowhere", folder / "q.json");
  std::ofstream(folder / "again.json") << kProfile;
  ASSERT_OK_AND_ASSIGN(const Profiles profiles,
                       ReadProfiles({&DemandLayout(), 1}, folder.string()));
  EXPECT_EQ(profiles.size(), 3u);
  EXPECT_OK(FindProfile(profiles, "p"));
  EXPECT_EQ(place(FindProfile(profiles, "q").status()), "q.json $");
  EXPECT_EQ(place(FindProfile(profiles, "again").status()), "again.json $.profile");
  EXPECT_THAT(FindProfile(profiles, "notes"), HasReason("PROFILE_NOT_FOUND"));
  std::filesystem::remove_all(folder);
  EXPECT_EQ(place(ReadProfiles({&DemandLayout(), 1}, folder.string()).status()),
            folder.string() + " folder");
}

TEST(ProfileDeathTest, ALayoutThatNamesWhatIsNotThereEndsTheProcess) {
  const Layout astray{.type = DemandStatement::descriptor(), .targets = {{"employer"}}};
  const Layout unread{.type = DemandStatement::descriptor(), .targets = {{"create_time"}}};
  const auto profile = [](const char* field) {
    return absl::StrCat(R"({"profile": "p", "about": "a", "columns": [{"column": "c", "field": ")",
                        field, "\"}]}");
  };
  EXPECT_DEATH((void)ParseProfile(astray, profile("employer"), "p.json"), "employer");
  EXPECT_DEATH((void)ParseProfile(unread, profile("create_time"), "p.json"), "create_time");
}

TEST(Profile, OfOneRecordDoesNotFitAnother) {
  const Layout vacancies{.type = labor::v1::Vacancy::descriptor(), .targets = {{"offer"}}};
  EXPECT_THAT(ParseProfile(vacancies, kProfile, "p.json"), HasReason("INVALID_PROFILE"));
}

TEST(Profile, OfRecordsWithKeysSaysWhichRowsItIsOf) {
  Layout layout{.type = labor::v1::Vacancy::descriptor(), .targets = {{"offer"}}};
  layout.collection = "vacancies";
  layout.keys = {"vacancy"};
  const auto place = [&](absl::string_view column) {
    const auto profile = ParseProfile(
        layout,
        absl::StrCat(R"({"profile": "p", "about": "a", "collection": "vacancies", "columns": [)"
                     R"({"column": "k", "key": "vacancy"}, {"column": "o", "field": "offer"}, )",
                     column, "]}"),
        "p.json");
    return profile.ok() ? absl::StrCat(profile->columns.size(), " columns")
                        : MetadataOf(profile.status(), "place");
  };
  EXPECT_EQ(place(R"({"column": "c", "only": ["A", "b"]})"), "3 columns");
  EXPECT_EQ(place(R"({"column": "k", "key": "vacancy", "only": ["A"]})"), "3 columns");
  EXPECT_EQ(place(R"({"column": "c", "only": []})"), "$.columns[2].only");
  EXPECT_EQ(place(R"({"column": "c", "only": "A"})"), "$.columns[2].only");
  EXPECT_EQ(place(R"({"column": "c", "only": [1]})"), "$.columns[2].only");
  EXPECT_EQ(place(R"({"column": "c", "only": ["A"], "ignored": "why"})"), "$.columns[2].only");
  EXPECT_EQ(place(R"({"column": "c"})"), "$.columns[2].field");
}

TEST(Occurrences, CountEqualRecordsOnly) {
  Occurrences occurrences;
  const std::string a = IdentityOf({"s", "a"}, "b");
  EXPECT_EQ(occurrences.Count(a), 1u);
  EXPECT_EQ(occurrences.Count(IdentityOf({"s", "ab"}, "")), 1u);
  EXPECT_EQ(occurrences.Count(IdentityOf({"t", "a"}, "b")), 1u);
  EXPECT_EQ(occurrences.Count(a), 2u);
  EXPECT_EQ(occurrences.Count(a), 3u);
}

}  // namespace
}  // namespace puente::loading
