// What a report says: pure, of a definition and extracts that were made by hand.
#include "gateway/reports/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gateway/report_definitions/rules.h"
#include "gateway/reports/files/files.h"
#include "gateway/reports/make.h"
#include "google/protobuf/util/message_differencer.h"
#include "tests/gateway/extracts.h"
#include "tests/gateway/read_extract.h"
#include "tests/gateway/report_files/rendered.h"
#include "tests/testing/status.h"
#include "tests/testing/text.h"

namespace puente::gateway::reports {
namespace {

using google::protobuf::util::MessageDifferencer;
using ::puente::testing::HasReason;
using ::puente::testing::Of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::Report Asked() {
  return Of<v1::Report>(R"pb(
    name: "reports/one"
    extracts { agency: "economy" figure_extract: "figureExtracts/e" sha256: "ee" byte_count: 5 }
    extracts { agency: "education" figure_extract: "figureExtracts/d" sha256: "dd" byte_count: 6 }
  )pb");
}

// Need and teaching by state.
v1::ReportDefinition ByState(const std::string& more = "") {
  return Of<v1::ReportDefinition>(absl::StrCat(
      R"pb(
        name: "reportDefinitions/both"
        definition_version: 3
        title_es: "Título"
        title_en: "Title"
        tables { table: "by-state" title_es: "Por entidad" title_en: "By state"
                 sources { agency: "economy" table: "demand" measures: "HEADS" }
                 sources { agency: "education" table: "teaching" measures: "SEATS" }
                 dimensions: "STATE"
                 charts { kind: REPORT_CHART_KIND_TILES dimension: "STATE" measure: "SEATS" })pb",
      more, "}"));
}

// As a release tells it.
ExtractFile Economy() {
  ExtractFile file("economy", type::v1::RECORD_KIND_GENERATED, "demand");
  file.Table("demand", {{"STATE", "CL_STATE"}, {"SKILL", "CL_SKILL"}}, {"HEADS", "COMPANIES"})
      .List("CL_SKILL", {"skills/a", "skills/b", "_T"})
      .List("CL_STATE", {"09", "15", "_T"})
      .Row("demand", {"09", "_T"}, {30, 4})
      .Row("demand", {"09", "skills/a"}, {10, 2})
      .Row("demand", {"15", "_T"}, {std::nullopt, std::nullopt})
      .Row("demand", {"_T", "_T"}, {50, 9})
      .Row("demand", {"_T", "skills/b"}, {7, 3});
  return file;
}
ExtractFile Education(bool absent_is_zero = false) {
  ExtractFile file("education");
  file.Table("teaching", {{"SKILL", "CL_SKILL"}, {"STATE", "CL_STATE"}}, {"PROGRAMS", "SEATS"},
             absent_is_zero)
      .List("CL_SKILL", {"skills/a", "_T"})
      .List("CL_STATE", {"09", "11", "_T"})
      .Row("teaching", {"_T", "09"}, {1, 20})
      .Row("teaching", {"_T", "11"}, {1, 0})
      .Row("teaching", {"_T", "_T"}, {2, 20})
      .Row("teaching", {"skills/a", "_T"}, {1, 15});
  return file;
}

Extract Read(const std::string& agency, const std::string& text) {
  absl::StatusOr<Extract> extract = ReadPieces(agency, text);
  EXPECT_OK(extract);
  return extract.ok() ? *std::move(extract) : Extract();
}
Extracts Both(const ExtractFile& economy = Economy(), const ExtractFile& education = Education()) {
  return {{"economy", Read("economy", economy.text())},
          {"education", Read("education", education.text())}};
}

// "09: 30 20" of each row; "-" what is withheld, "?" what is missing.
std::vector<std::string> RowsOf(const Told& told) {
  std::vector<std::string> rows;
  for (size_t i = 0; i < told.rows[0].size(); ++i) {
    const Rows::Row row = told.rows[0][i];
    std::string text;
    for (int d = 0; d < row.codes_size(); ++d) {
      absl::StrAppend(&text, d == 0 ? "" : " ", row.codes(d));
    }
    text += ":";
    for (int m = 0; m < row.figures_size(); ++m) {
      const Figure figure = row.figures(m);
      absl::StrAppend(&text, " ",
                      figure.has_value()                           ? absl::StrCat(figure.value())
                      : figure.mark() == type::v1::MARK_SUPPRESSED ? "-"
                      : figure.mark() == type::v1::MARK_MISSING    ? "?"
                                                                   : "!");
    }
    rows.push_back(text);
  }
  return rows;
}
std::vector<std::string> CodesOf(const api::v1::FigureCodeList& list) {
  std::vector<std::string> codes;
  for (const auto& code : list.codes()) codes.push_back(code.code());
  return codes;
}

TEST(Compose, JoinsSourcesOverWhatIsKept) {
  ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), ByState(), Both()));
  EXPECT_EQ(told.content.report(), "one");
  EXPECT_EQ(told.content.definition(), "both");
  EXPECT_EQ(told.content.definition_version(), 3);
  EXPECT_EQ(told.content.record_kind(), type::v1::RECORD_KIND_GENERATED);
  ASSERT_EQ(told.content.sources_size(), 2);
  EXPECT_EQ(told.content.sources(0).extract(), "figureExtracts/e");
  ASSERT_EQ(told.content.tables_size(), 1);
  const Table& table = told.content.tables(0);
  // Zero is a count; what a source has no row for is missing, and what it withholds stays so, by a
  // mark or by having no row.
  EXPECT_THAT(RowsOf(told), ElementsAre("09: 30 20", "11: - 0", "15: - ?", "_T: 50 20"));
  EXPECT_EQ(table.table().table(), "by-state");
  EXPECT_EQ(table.table().title_es(), "Por entidad");
  EXPECT_EQ(table.table().note_es(), "Nota de demand. Nota de teaching.");
  ASSERT_EQ(table.table().measures_size(), 2);
  EXPECT_EQ(table.table().measures(1).measure(), "SEATS");
  ASSERT_EQ(table.charts_size(), 1);
  EXPECT_EQ(table.charts(0).kind(), Chart::TILES);
  ASSERT_EQ(told.content.code_lists_size(), 2);  // units too
  EXPECT_THAT(CodesOf(told.content.code_lists(0)), ElementsAre("09", "11", "15", "_T"));
}

TEST(Compose, SaysZeroWhereATableCountsAllAndHasNoRow) {
  ASSERT_OK_AND_ASSIGN(const Told told,
                       Compose(Asked(), ByState(), Both(Economy(), Education(true))));
  EXPECT_THAT(RowsOf(told), ElementsAre("09: 30 20", "11: - 0", "15: - 0", "_T: 50 20"));
  const auto& without = told.content.tables(0).without_row();
  ASSERT_THAT(without, SizeIs(2));
  EXPECT_EQ(without[0].mark(), type::v1::MARK_SUPPRESSED);
  EXPECT_TRUE(without[1].has_value());
  EXPECT_EQ(without[1].value(), 0);
  // Of chosen codes nothing is known of the others.
  ASSERT_OK_AND_ASSIGN(const Told chosen,
                       Compose(Asked(), ByState("codes { dimension: 'STATE' codes: '09' }"),
                               Both(Economy(), Education(true))));
  EXPECT_THAT(chosen.content.tables(0).without_row(), IsEmpty());
}

TEST(Compose, SaysThatAllIsMissingBeforeTheFirstReleaseOfATable) {
  for (const bool absent_is_zero : {false, true}) {
    ExtractFile economy("economy");
    economy.Table("demand", {{"STATE", "CL_STATE"}}, {"HEADS"}, absent_is_zero);
    ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), ByState(), Both(economy)));
    EXPECT_THAT(RowsOf(told), ElementsAre("09: ? 20", "11: ? 0", "_T: ? 20"));
  }
  // One that tells nothing.
  ExtractFile economy("economy", type::v1::RECORD_KIND_GENERATED, "demand");
  economy.Table("demand", {{"STATE", "CL_STATE"}}, {"HEADS"});
  ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), ByState(), Both(economy)));
  EXPECT_THAT(RowsOf(told), ElementsAre("09: - 20", "11: - 0", "_T: - 20"));
}

TEST(Compose, KeepsTheOrderOfListsAndTheCodesThatRowsHave) {
  auto definition = ByState();
  definition.mutable_tables(0)->set_dimensions(0, "SKILL");
  definition.mutable_tables(0)->clear_charts();
  ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), definition, Both()));
  EXPECT_THAT(RowsOf(told), ElementsAre("_T: 50 20", "skills/a: - 15", "skills/b: 7 ?"));
  ASSERT_EQ(told.content.code_lists_size(), 2);  // units too
  EXPECT_THAT(CodesOf(told.content.code_lists(0)), ElementsAre("skills/a", "skills/b", "_T"));
}

TEST(Compose, KeepsChosenCodesAlone) {
  ASSERT_OK_AND_ASSIGN(
      const Told told,
      Compose(Asked(), ByState("codes { dimension: 'STATE' codes: '09' codes: '15' }"), Both()));
  EXPECT_THAT(RowsOf(told), ElementsAre("09: 30 20", "15: - ?"));
  EXPECT_THAT(CodesOf(told.content.code_lists(0)), ElementsAre("09", "15"));
}

TEST(Compose, CallsCodesAsWhoKnowsThemCallsThem) {
  ExtractFile economy("economy");
  api::v1::FigureExtractLine list;
  list.mutable_code_list()->set_code_list("CL_STATE");
  api::v1::FigureCode& unnamed = *list.mutable_code_list()->add_codes();
  unnamed.set_code("09");
  unnamed.set_name_es("09");
  unnamed.set_name_en("09");
  std::string line;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(list, &line).ok());
  economy.Table("demand", {{"STATE", "CL_STATE"}}, {"HEADS"}).Line(line).Row("demand", {"09"}, {1});
  for (const bool first : {true, false}) {
    // Whoever is asked first.
    Extracts extracts = Both(economy);
    if (!first) {
      extracts["a"] = extracts["education"];
      extracts["a"].tables.clear();
    }
    ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), ByState(), extracts));
    ASSERT_EQ(told.content.code_lists_size(), 2);
    EXPECT_EQ(told.content.code_lists(0).codes(0).code(), "09");
    EXPECT_EQ(told.content.code_lists(0).codes(0).name_es(), "es 09");
  }
}

TEST(Compose, NeverSumsUp) {
  ExtractFile education("education");
  education.Table("teaching", {{"SKILL", "CL_SKILL"}, {"STATE", "CL_STATE"}}, {"SEATS"})
      .List("CL_SKILL", {"skills/a", "skills/b"})
      .List("CL_STATE", {"09"})
      .Row("teaching", {"skills/a", "09"}, {20})
      .Row("teaching", {"skills/b", "09"}, {std::nullopt});
  const auto refused = Compose(Asked(), ByState(), Both(Economy(), education));
  EXPECT_THAT(refused, HasReason("REPORT_NO_TOTAL"));
  EXPECT_EQ(MetadataOf(refused.status(), "dimension"), "SKILL");
  EXPECT_EQ(MetadataOf(refused.status(), "table"), "teaching");
  EXPECT_EQ(MetadataOf(refused.status(), "agency"), "education");
}

TEST(Compose, OfATableWithoutRowsSaysThatAllIsMissing) {
  ExtractFile education("education");
  education.Table("teaching", {{"SKILL", "CL_SKILL"}, {"STATE", "CL_STATE"}}, {"SEATS"});
  ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), ByState(), Both(Economy(), education)));
  EXPECT_THAT(RowsOf(told), ElementsAre("09: 30 ?", "15: - ?", "_T: 50 ?"));
}

TEST(Compose, RefusesWhatExtractsLack) {
  auto definition = ByState();
  definition.mutable_tables(0)->mutable_sources(1)->set_table("schools");
  auto refused = Compose(Asked(), definition, Both());
  EXPECT_THAT(refused, HasReason("REPORT_TABLE_MISSING"));
  EXPECT_EQ(MetadataOf(refused.status(), "table"), "schools");
  definition = ByState();
  definition.mutable_tables(0)->set_dimensions(0, "SEX");
  refused = Compose(Asked(), definition, Both());
  EXPECT_THAT(refused, HasReason("REPORT_DIMENSION_MISSING"));
  EXPECT_EQ(MetadataOf(refused.status(), "dimension"), "SEX");
  definition = ByState();
  definition.mutable_tables(0)->mutable_sources(1)->set_measures(0, "PUPILS");
  refused = Compose(Asked(), definition, Both());
  EXPECT_THAT(refused, HasReason("REPORT_MEASURE_MISSING"));
  EXPECT_EQ(MetadataOf(refused.status(), "measure"), "PUPILS");
}

TEST(Compose, KnowsATableOfWhichAllIsWithheld) {
  ExtractFile economy("economy"), education("education");
  economy.Table("demand", {{"STATE", "CL_STATE"}}, {"HEADS"})
      .List("CL_STATE", {"09"})
      .Row("demand", {"09"}, {std::nullopt});
  education.Table("teaching", {{"STATE", "CL_STATE"}}, {"SEATS"})
      .List("CL_STATE", {"09"})
      .Row("teaching", {"09"}, {std::nullopt});
  auto definition = ByState();
  definition.clear_names();
  ASSERT_OK_AND_ASSIGN(const Told hidden, Compose(Asked(), definition, Both(economy, education)));
  EXPECT_THAT(CheckTold(hidden), HasReason("REPORT_TABLE_HIDDEN"));
  ExtractFile nothing("education");  // which is missing there, and no secret
  nothing.Table("teaching", {{"STATE", "CL_STATE"}}, {"SEATS"});
  ASSERT_OK_AND_ASSIGN(const Told missing, Compose(Asked(), definition, Both(economy, nothing)));
  EXPECT_OK(CheckTold(missing));
}

TEST(Compose, ReadsAsManyRowsAsHaveRoom) {
  ExtractFile file("economy");
  file.Table("demand", {{"STATE", "CL_STATE"}}, {"HEADS"}).List("CL_STATE", {"01", "02", "03"});
  for (const char* state : {"01", "02", "03"}) file.Row("demand", {state}, {1});
  const auto read = [&](size_t most) {
    bool sent = false;
    return ReadExtract(
        "economy",
        [&]() -> absl::StatusOr<std::string> {
          return std::exchange(sent, true) ? std::string() : file.text();
        },
        most);
  };
  ASSERT_OK_AND_ASSIGN(const Extract whole, read(36));  // a code of 4 bytes and a figure of 8 each
  EXPECT_EQ(RowBytes(whole), 36U);
  const auto refused = read(35);
  EXPECT_THAT(refused, HasReason("REPORT_TOO_LARGE"));
  EXPECT_EQ(MetadataOf(refused.status(), "table"), "demand");
}

TEST(Compose, RefusesToJoinWhatIsNotTheSame) {
  ExtractFile education("education");
  education.Table("teaching", {{"STATE", "CL_REGION"}}, {"SEATS"});
  EXPECT_THAT(Compose(Asked(), ByState(), Both(Economy(), education)),
              HasReason("REPORT_DIMENSIONS_DIFFER"));
  ExtractFile real("education", type::v1::RECORD_KIND_REAL);
  real.Table("teaching", {{"STATE", "CL_STATE"}}, {"SEATS"});
  EXPECT_THAT(Compose(Asked(), ByState(), Both(Economy(), real)), HasReason("REPORT_KINDS_DIFFER"));
  ExtractFile mixed("education", type::v1::RECORD_KIND_UNSPECIFIED);
  mixed.Table("teaching", {{"STATE", "CL_STATE"}}, {"SEATS"});
  ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), ByState(), Both(Economy(), mixed)));
  EXPECT_EQ(told.content.record_kind(), type::v1::RECORD_KIND_UNSPECIFIED);
  EXPECT_TRUE(told.content.some_generated());
  const Rendered files(told);
  EXPECT_THAT(files["report.en.html"],
              AllOf(HasSubstr("<dd>real and generated, or not stated</dd>"),
                    HasSubstr("With a generated sample")));
  EXPECT_THAT(files["report.es.html"], HasSubstr("<dd>reales y generados, o no se indica</dd>"));
  EXPECT_THAT(files["by-state.generic.xml"], HasSubstr("<mes:Test>true</mes:Test>"));
  EXPECT_THAT(files["by-state.sdmx.json"], HasSubstr("\"test\":true"));
}

TEST(Compose, TakesTheKindOfTheRecordsThatItTellsFiguresOf) {
  Extracts extracts = Both();
  ExtractFile names("labor", type::v1::RECORD_KIND_UNSPECIFIED);
  names.Table("skills", {{"SKILL", "CL_SKILL"}}, {"SKILLS"});
  extracts["labor"] = Read("labor", names.text());
  auto definition = ByState();
  v1::ReportNames& of = *definition.add_names();
  of.set_agency("labor");
  of.set_table("skills");
  ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), definition, extracts));
  EXPECT_EQ(told.content.record_kind(), type::v1::RECORD_KIND_GENERATED);
  EXPECT_THAT(Rendered(told)["report.en.html"], HasSubstr("Generated sample"));
}

TEST(Compose, IsTheSameWhateverTheOrderOfRows) {
  ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), ByState(), Both()));
  Extracts shuffled;
  std::mt19937 random(7);
  for (const auto& [agency, file] :
       {std::pair("economy", Economy()), std::pair("education", Education())}) {
    std::vector<std::string> lines = absl::StrSplit(file.text(), '\n', absl::SkipEmpty());
    const auto first_row = absl::c_find_if(
        lines, [](const std::string& line) { return absl::StartsWith(line, "{\"row\""); });
    std::shuffle(first_row, lines.end(), random);
    shuffled[agency] = Read(agency, absl::StrJoin(lines, "\n") + "\n");
  }
  ASSERT_OK_AND_ASSIGN(const Told again, Compose(Asked(), ByState(), shuffled));
  EXPECT_TRUE(MessageDifferencer::Equals(told.content, again.content));
  const Rendered files(told), same(again);
  EXPECT_THAT(files.files(), SizeIs(11));
  ASSERT_EQ(files.files().size(), same.files().size());
  for (const auto& [path, file] : files.files()) EXPECT_EQ(file.content, same[path]) << path;
}

TEST(RowAnswers, SayTheTableItsCodesAndEachRowOnce) {
  ExtractFile economy("economy");
  economy.Table("demand", {{"STATE", "CL_STATE"}}, {"HEADS"});
  std::vector<std::string> codes;
  for (int i = 0; i < 5000; ++i) codes.push_back(absl::StrCat("code", 10'000 + i));
  economy.List("CL_STATE", codes);
  for (const std::string& code : codes) economy.Row("demand", {code}, {1});
  auto definition = ByState();
  definition.mutable_tables(0)->mutable_sources()->RemoveLast();
  definition.mutable_tables(0)->clear_charts();
  ASSERT_OK_AND_ASSIGN(const Told told, Compose(Asked(), definition,
                                                {{"economy", Read("economy", economy.text())}}));
  v1::ExportReportRowsResponse all;
  ASSERT_OK_AND_ASSIGN(const View view, View::Of(told));
  std::vector<std::string> answers;
  ASSERT_OK(RowAnswers(told.content, view.tables()[0], [&](absl::string_view answer) {
    answers.emplace_back(answer);
    return absl::OkStatus();
  }));
  for (const std::string& answer : answers) {
    EXPECT_LE(answer.size(), 64U << 10);
    v1::ExportReportRowsResponse one;
    ASSERT_TRUE(one.ParseFromString(answer));
    all.MergeFrom(one);
  }
  EXPECT_GT(answers.size(), 2U);
  EXPECT_TRUE(MessageDifferencer::Equals(all.figure_table(), told.content.tables(0).table()));
  EXPECT_EQ(all.rows_size(), 5000);
  int listed = 0;
  for (const auto& list : all.code_lists()) listed += list.codes_size();
  EXPECT_EQ(listed, 5000);
}

TEST(ReadExtract, RefusesEachLineThatIsNotWhatItShouldBe) {
  struct Case {
    const char* name;
    std::string text;
    int line;
    const char* rule;
  };
  const ExtractFile good = Economy();
  const auto with = [](const char* line) { return Economy().Line(line).text(); };
  for (const Case& c : std::initializer_list<Case>{
           {"nothing", "", 1, "HEAD"},
           {"no head", "{\"row\":{}}\n", 1, "HEAD"},
           {"another agency's", ExtractFile("labor").text(), 1, "AGENCY"},
           {"two heads", ExtractFile("economy").text() + good.text(), 2, "HEAD"},
           {"cut off", good.text().substr(0, good.text().size() - 1), 9, "CUT"},
           {"no JSON", with("{"), 10, "JSON"},
           {"an empty line", with(""), 10, "JSON"},
           {"a field that nobody knows", with("{\"row\":{\"colour\":1}}"), 10, "JSON"},
           {"of nothing", with("{}"), 10, "ORDER"},
           {"a table after rows", Economy().Table("b", {{"STATE", "CL_STATE"}}, {"X"}).text(), 10,
            "ORDER"},
           {"a row of no table", Economy().Row("b", {"09"}, {1}).text(), 10, "TABLE"},
           {"too few codes", Economy().Row("demand", {"09"}, {1, 1}).text(), 10, "CODES"},
           {"a code without a name", Economy().Row("demand", {"10", "_T"}, {1, 1}).text(), 10,
            "CODE"},
           {"too many figures", Economy().Row("demand", {"15", "skills/a"}, {1, 1, 1}).text(), 10,
            "FIGURES"},
           {"a figure of nothing",
            with("{\"row\":{\"table\":\"demand\",\"codes\":[\"15\",\"skills/a\"],"
                 "\"figures\":[{},{}]}}"),
            10, "FIGURE"},
           {"a row twice", Economy().Row("demand", {"09", "_T"}, {30, 4}).text(), 10, "TWICE"},
           {"a dimension twice",
            ExtractFile("economy").Table("b", {{"A", ""}, {"A", ""}}, {"X"}).text(), 2,
            "DIMENSIONS"},
           {"no measure", ExtractFile("economy").Table("b", {{"A", ""}}, {}).text(), 2, "MEASURES"},
           {"a table twice",
            ExtractFile("economy")
                .Table("b", {{"A", ""}}, {"X"})
                .Table("b", {{"A", ""}}, {"X"})
                .text(),
            3, "TABLE"},
           {"a code twice", ExtractFile("economy").List("L", {"a", "a"}).text(), 2, "CODE"},
       }) {
    SCOPED_TRACE(c.name);
    for (const size_t size : {1, 7, 1 << 20}) {
      const auto refused = ReadPieces("economy", c.text, size);
      EXPECT_THAT(refused, HasReason("REPORT_EXTRACT_BROKEN"));
      EXPECT_EQ(MetadataOf(refused.status(), "line"), absl::StrCat(c.line));
      EXPECT_EQ(MetadataOf(refused.status(), "rule"), c.rule);
      EXPECT_EQ(MetadataOf(refused.status(), "agency"), "economy");
    }
  }
}

// Whatever bytes come, they are read or refused, and what is read can be composed or is refused.
TEST(ReadExtract, TakesNoBrokenBytes) {
  const std::string good = Economy().text();
  std::mt19937 random(11);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string bad = good;
    const int changes = 1 + static_cast<int>(random() % 3);
    for (int n = 0; n < changes; ++n) {
      const size_t at = random() % bad.size();
      switch (random() % 4) {
        case 0:
          bad[at] = static_cast<char>(random() % 256);
          break;
        case 1:
          bad.erase(at, 1 + random() % 20);
          break;
        case 2:
          bad.insert(at, 1, "{}[],:\"\n"[random() % 8]);
          break;
        default:
          bad.resize(at + 1);
      }
      if (bad.empty()) bad = "\n";
    }
    const auto read = ReadPieces("economy", bad, 1 + random() % 400);
    if (!read.ok()) {
      ASSERT_THAT(read, HasReason("REPORT_EXTRACT_BROKEN"));
      ++refused;
      continue;
    }
    Compose(Asked(), ByState(),
            {{"economy", *read}, {"education", Read("education", Education().text())}})
        .IgnoreError();
  }
  EXPECT_GT(refused, 1500);
}

TEST(ReportDefinitionRules, NameTheField) {
  const auto fields = [](const v1::ReportDefinition& definition) {
    std::vector<std::string> found;
    for (const Violation& violation : CheckReportDefinition(definition, "report_definition")) {
      found.push_back(absl::StrCat(violation.field, " ", violation.rule));
    }
    return found;
  };
  EXPECT_THAT(fields(ByState()), IsEmpty());
  EXPECT_THAT(fields(ByState(R"pb(
                sources { agency: "labor" table: "x" measures: "POSTS" measures: "HEADS" }
                codes { dimension: "SEX" codes: "F" }
                charts { kind: REPORT_CHART_KIND_BARS dimension: "SEX" measure: "HEADS" }
                charts { kind: REPORT_CHART_KIND_BARS dimension: "STATE" measure: "PUPILS" })pb")),
              ElementsAre("report_definition.tables[0].sources[2].measures[1] TAKEN_TWICE",
                          "report_definition.tables[0].codes[0].dimension NOT_KEPT",
                          "report_definition.tables[0].charts[1].dimension NOT_KEPT",
                          "report_definition.tables[0].charts[2].measure NOT_TAKEN"));
  auto by_period = ByState();
  by_period.mutable_tables(0)->set_dimensions(0, "PERIOD");
  by_period.mutable_tables(0)->mutable_charts(0)->set_dimension("PERIOD");
  EXPECT_THAT(fields(by_period),
              ElementsAre("report_definition.tables[0].charts[0].dimension TILES_OF_STATES"));
  auto codebook = ByState();
  codebook.mutable_tables(0)->set_table("codebook");
  EXPECT_THAT(fields(codebook), ElementsAre("report_definition.tables[0].table RESERVED_TABLE"));
}

}  // namespace
}  // namespace puente::gateway::reports
