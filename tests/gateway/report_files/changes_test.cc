// What is different between two reports, by hand and against a computation of its own.
#include "gateway/reports/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/reports/files/changes.h"
#include "tests/gateway/report_files/rendered.h"
#include "tests/gateway/report_files/samples.h"
#include "tests/testing/text.h"

namespace puente::gateway::reports {
namespace {

using ::puente::testing::Of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Awards and places by state.
Content Before() {
  return Of<Content>(R"pb(
    report: "one"
    definition: "awards"
    title_es: "Constancias"
    title_en: "Awards"
    version: "1.4.2"
    record_kind: RECORD_KIND_REAL
    code_lists {
      code_list: "CL_STATE"
      title_es: "Entidades"
      title_en: "States"
      codes { code: "09" name_es: "Ciudad de México" name_en: "Mexico City" }
      codes { code: "14" name_es: "Jalisco" name_en: "Jalisco" }
      codes { code: "_T" name_es: "Total" name_en: "Total" }
    }
    tables {
      table {
        table: "by-state"
        title_es: "Por entidad"
        title_en: "By state"
        dimensions {
          dimension: "STATE"
          title_es: "Entidad"
          title_en: "State"
          code_list: "CL_STATE"
        }
        dimensions { dimension: "PERIOD" title_es: "Periodo" title_en: "Period" }
        measures { measure: "AWARDS" title_es: "Constancias" title_en: "Awards" unit: "AWARDS" }
        measures { measure: "DAYS" title_es: "Días" title_en: "Days" unit: "DAYS" }
      }
      rows {
        codes: "09"
        codes: "2026-01"
        figures { value: 5 }
        figures { mark: MARK_SUPPRESSED }
      }
      rows {
        codes: "14"
        codes: "2026-01"
        figures { value: 0 }
        figures { mark: MARK_MISSING }
      }
      rows {
        codes: "_T"
        codes: "2026-01"
        figures { value: 5 }
        figures { value: 9 }
      }
    })pb");
}

v1::ReportDefinition Replacing(const std::string& code, const std::string& by) {
  v1::ReportDefinition definition;
  v1::ReportReplacedCode& one = *definition.add_replaced_codes();
  one.set_code_list("CL_STATE");
  one.set_code(code);
  one.set_replaced_by(by);
  return definition;
}

// Of a content that has them in itself, which must outlive it; as they are, in order or not.
class RowsOfTable final : public RowSource {
 public:
  explicit RowsOfTable(const Table& table) : table_(table) {}
  absl::StatusOr<const api::v1::FigureRow*> Next() override {
    return next_ < table_.rows_size() ? &table_.rows(next_++) : nullptr;
  }

 private:
  const Table& table_;
  int next_ = 0;
};
std::unique_ptr<RowSource> RowsOf(const Table& table) {
  return std::make_unique<RowsOfTable>(table);
}

// Two reports, and what their files say is different.
struct Compared {
  Compared(Content one, Content other, const v1::ReportDefinition& definition = {})
      : before(std::move(one)), after(std::move(other)) {
    after.set_report("two");
    const auto rows = [](const Content& content) {
      return [&content](const std::string& table) {
        for (const Table& one : content.tables()) {
          if (one.table().table() == table) return RowsOf(one);
        }
        ADD_FAILURE() << table;
        return std::unique_ptr<RowSource>();
      };
    };
    const Comparison changes{
        {before, rows(before)}, {after, rows(after)}, ReplacedCodes(definition, before, after)};
    EXPECT_TRUE(SumUpChanges(changes, after).ok());
    after.set_version(NextVersion(before.version(), after.changes().level()));
    EXPECT_TRUE(WriteChangesCsv(changes, [&](absl::string_view text) {
                  absl::StrAppend(&csv, text);
                }).ok());
    EXPECT_TRUE(WriteChangesJson(changes, [&](absl::string_view text) {
                  absl::StrAppend(&json, text);
                }).ok());
    const Told told = ToldOf(after);
    const Rendered files(told, &changes);
    page = files["report.es.html"];
    manifest = nlohmann::json::parse(files["manifest.json"]);
    csv_file = files["changes.csv"];
    json_file = files["changes.json"];
  }

  // Lines without the head.
  std::vector<std::string> lines() const {
    std::vector<std::string> lines = absl::StrSplit(csv, '\n', absl::SkipEmpty());
    lines.erase(lines.begin());
    return lines;
  }
  const std::string& version() const { return after.version(); }

  Content before, after;
  std::string csv, json, csv_file, json_file, page;
  nlohmann::json manifest;
};

api::v1::FigureRow& RowOf(Content& content, int row) {
  return *content.mutable_tables(0)->mutable_rows(row);
}

TEST(Changes, OfNothingLeaveTheVersion) {
  const Compared compared(Before(), Before());
  EXPECT_EQ(compared.version(), "1.4.2");
  EXPECT_EQ(compared.after.changes().level(), v1::REPORT_VERSION_LEVEL_SAME);
  EXPECT_THAT(compared.lines(), IsEmpty());
  EXPECT_THAT(compared.page, AllOf(HasSubstr("Qué cambió desde la versión 1.4.2"),
                                   HasSubstr("No cambió nada"), HasSubstr("Se compara con one.")));
  EXPECT_EQ(compared.manifest["previous"],
            (nlohmann::json{{"report", "one"}, {"version", "1.4.2"}, {"level", "SAME"}}));
  EXPECT_EQ(nlohmann::json::parse(compared.json)["changes"].size(), 0U);
}

TEST(Changes, OfAFirstReportAreNotSaid) {
  const Rendered rendered(Before());
  EXPECT_FALSE(rendered.files().contains("changes.csv"));
  EXPECT_THAT(rendered["report.es.html"], Not(HasSubstr("Qué cambió")));
  EXPECT_FALSE(nlohmann::json::parse(rendered["manifest.json"]).contains("previous"));
}

TEST(Changes, OfFiguresAndMarksArePatches) {
  Content after = Before();
  RowOf(after, 0).mutable_figures(0)->set_value(0);
  RowOf(after, 0).mutable_figures(1)->set_mark(type::v1::MARK_NOT_APPLICABLE);
  RowOf(after, 1).mutable_figures(0)->set_mark(type::v1::MARK_SUPPRESSED);
  const Compared compared(Before(), after);
  EXPECT_EQ(compared.version(), "1.4.3");
  EXPECT_THAT(compared.lines(),
              ElementsAre("by-state,FIGURES,PATCH,AWARDS,09,Ciudad de México,Mexico City,2026-01,"
                          "2026-01,2026-01,,5,A,0,A",
                          "by-state,FIGURES,PATCH,DAYS,09,Ciudad de México,Mexico City,2026-01,"
                          "2026-01,2026-01,,,Q,,M",
                          "by-state,FIGURES,PATCH,AWARDS,14,Jalisco,Jalisco,2026-01,2026-01,"
                          "2026-01,,0,A,,Q"));
  ASSERT_EQ(compared.after.changes().tables_size(), 1);
  EXPECT_EQ(compared.after.changes().tables(0).counts(0).count(), 2) << "rows";
  EXPECT_EQ(compared.csv_file, compared.csv);
  EXPECT_EQ(compared.json_file, compared.json);
  EXPECT_THAT(compared.page, HasSubstr("2 filas con otras cifras"));
  const auto first = nlohmann::json::parse(compared.json)["changes"][1];
  EXPECT_EQ(first["codes"]["STATE"]["en"], "Mexico City");
  EXPECT_EQ(first["before"], (nlohmann::json{{"value", nullptr}, {"status", "Q"}}));
}

// Which may be withdrawn while the page stands.
TEST(Changes, OnAPageDoNotTellTheFiguresThatWere) {
  Content before = Before(), after = Before();
  RowOf(before, 0).mutable_figures(0)->set_value(7654321);
  RowOf(after, 0).mutable_figures(0)->set_value(1234567);
  const Compared compared(before, after);
  EXPECT_THAT(compared.csv, HasSubstr("7654321"));
  EXPECT_THAT(compared.page, AllOf(HasSubstr("Ciudad de México · ene 2026 · Constancias: ahora "
                                             "1,234,567"),
                                   Not(HasSubstr("7,654,321")), Not(HasSubstr("7654321"))));
  EXPECT_EQ(compared.after.SerializeAsString().find("7654321"), std::string::npos);
}

TEST(Changes, OfTextsArePatches) {
  Content after = Before();
  after.mutable_code_lists(0)->mutable_codes(1)->set_name_en("State of Jalisco");
  after.mutable_tables(0)->mutable_table()->set_note_es("=Nota");
  const Compared compared(Before(), after);
  EXPECT_EQ(compared.version(), "1.4.3");
  EXPECT_THAT(compared.lines(),
              ElementsAre(",TEXT,PATCH,CL_STATE.14.en,,,,,,,,Jalisco,,State of Jalisco,",
                          "by-state,TEXT,PATCH,note.es,,,,,,,,,,'=Nota,"));
}

TEST(Changes, ThatAddAreMinor) {
  Content after = Before();
  *after.mutable_tables(0)->add_rows() = Before().tables(0).rows(2);
  RowOf(after, 3).set_codes(1, "2026-02");
  RowOf(after, 0).mutable_figures(0)->set_value(6);
  const Compared rows(Before(), after);
  EXPECT_EQ(rows.version(), "1.5.0");
  EXPECT_THAT(rows.lines(),
              ElementsAre(HasSubstr("FIGURES,PATCH,AWARDS,09"),
                          "by-state,ROW_ADDED,MINOR,AWARDS,_T,Total,Total,2026-02,2026-02,2026-02,"
                          ",,,5,A",
                          HasSubstr("ROW_ADDED,MINOR,DAYS,_T")));
  EXPECT_THAT(rows.page, AllOf(HasSubstr("1 fila con otra cifra; 1 fila nueva."),
                               HasSubstr("Algo se agregó")));

  after = Before();
  *after.add_tables() = Before().tables(0);
  after.mutable_tables(1)->mutable_table()->set_table("other");
  const Compared table(Before(), after);
  EXPECT_EQ(table.version(), "1.5.0");
  EXPECT_THAT(table.lines(), ElementsAre("other,TABLE_ADDED,MINOR,,,,,,,,,,,,"));

  Content before = Before();
  before.mutable_tables(0)->mutable_table()->mutable_measures()->RemoveLast();
  for (auto& row : *before.mutable_tables(0)->mutable_rows()) row.mutable_figures()->RemoveLast();
  const Compared measure(before, Before());
  EXPECT_EQ(measure.version(), "1.5.0");
  EXPECT_THAT(measure.lines(), ElementsAre("by-state,MEASURE_ADDED,MINOR,DAYS,,,,,,,,,,DAYS,"));
  const Compared gone(Before(), before);
  EXPECT_EQ(gone.version(), "2.0.0");
  EXPECT_THAT(gone.lines(), ElementsAre("by-state,MEASURE_REMOVED,MAJOR,DAYS,,,,,,,,DAYS,,,"));
}

TEST(Changes, ThatTakeAwayAreMajor) {
  Content after = Before();
  after.mutable_tables(0)->mutable_rows()->DeleteSubrange(1, 1);
  const Compared row(Before(), after);
  EXPECT_EQ(row.version(), "2.0.0");
  EXPECT_THAT(row.lines(), ElementsAre("by-state,ROW_REMOVED,MAJOR,AWARDS,14,Jalisco,Jalisco,"
                                       "2026-01,2026-01,2026-01,,0,A,,",
                                       HasSubstr("ROW_REMOVED,MAJOR,DAYS,14")));
  EXPECT_THAT(row.page, HasSubstr("Jalisco · ene 2026 · Constancias: ya no está"));

  after = Before();
  after.clear_tables();
  const Compared table(Before(), after);
  EXPECT_EQ(table.version(), "2.0.0");
  EXPECT_THAT(table.lines(), ElementsAre("by-state,TABLE_REMOVED,MAJOR,,,,,,,,,,,,"));
  EXPECT_THAT(table.page, HasSubstr("ya no está."));
}

TEST(Changes, OfWhatThingsMeanAreMajor) {
  Content after = Before();
  after.mutable_tables(0)->mutable_table()->mutable_measures(1)->set_unit("MONTHS");
  RowOf(after, 2).mutable_figures(1)->set_value(1);
  const Compared unit(Before(), after);
  EXPECT_EQ(unit.version(), "2.0.0");
  EXPECT_THAT(unit.lines(), ElementsAre("by-state,UNIT,MAJOR,DAYS,,,,,,,,DAYS,,MONTHS,"));

  after = Before();
  auto& dimensions = *after.mutable_tables(0)->mutable_table()->mutable_dimensions();
  dimensions.SwapElements(0, 1);
  for (auto& row : *after.mutable_tables(0)->mutable_rows())
    row.mutable_codes()->SwapElements(0, 1);
  const Compared order(Before(), after);
  EXPECT_EQ(order.version(), "2.0.0");
  EXPECT_THAT(order.lines(), ElementsAre("by-state,DIMENSIONS,MAJOR,dimensions,,,,,,,,"
                                         "STATE:CL_STATE PERIOD,,PERIOD STATE:CL_STATE,"));

  after = Before();
  after.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  EXPECT_EQ(Compared(Before(), after).version(), "2.0.0");
}

TEST(Changes, OfReplacedCodesAreMapped) {
  Content after = Before();
  after.mutable_code_lists(0)->mutable_codes(1)->set_code("08");
  RowOf(after, 1).set_codes(0, "08");
  after.mutable_tables(0)->mutable_rows()->SwapElements(0, 1);
  const Compared unsaid(Before(), after);
  EXPECT_THAT(unsaid.lines(), ElementsAre(HasSubstr("ROW_ADDED"), HasSubstr("ROW_ADDED"),
                                          HasSubstr("ROW_REMOVED"), HasSubstr("ROW_REMOVED")));
  const Compared mapped(Before(), after, Replacing("14", "08"));
  EXPECT_EQ(mapped.version(), "2.0.0");
  EXPECT_THAT(mapped.lines(),
              ElementsAre("by-state,ROW_MAPPED,MAJOR,AWARDS,08,Jalisco,Jalisco,2026-01,2026-01,"
                          "2026-01,STATE=14,0,A,0,A",
                          "by-state,ROW_MAPPED,MAJOR,DAYS,08,Jalisco,Jalisco,2026-01,2026-01,"
                          "2026-01,STATE=14,,O,,O"));
  EXPECT_EQ(nlohmann::json::parse(mapped.json)["changes"][0]["replaced"]["STATE"], "14");
}

// Jalisco went into Mexico City.
TEST(Changes, OfCodesThatWentIntoOthersAreMappedBesideTheirs) {
  Content after = Before();
  after.mutable_code_lists(0)->mutable_codes()->DeleteSubrange(1, 1);
  after.mutable_tables(0)->mutable_rows()->DeleteSubrange(1, 1);
  RowOf(after, 0).mutable_figures(0)->set_value(6);
  const Compared compared(Before(), after, Replacing("14", "09"));
  EXPECT_THAT(compared.lines(),
              ElementsAre(HasSubstr("ROW_MAPPED,MAJOR,AWARDS,09"), HasSubstr("ROW_MAPPED"),
                          AllOf(HasSubstr("FIGURES,PATCH,AWARDS,09"), HasSubstr(",5,A,6,A"))));
}

TEST(Changes, OfCodesThatAreStillThereAreNotMapped) {
  EXPECT_THAT(Compared(Before(), Before(), Replacing("14", "09")).lines(), IsEmpty());
}

TEST(Changes, GrowVersionsByTheirLevel) {
  EXPECT_EQ(NextVersion("1.2.3", v1::REPORT_VERSION_LEVEL_SAME), "1.2.3");
  EXPECT_EQ(NextVersion("1.2.3", v1::REPORT_VERSION_LEVEL_PATCH), "1.2.4");
  EXPECT_EQ(NextVersion("1.2.3", v1::REPORT_VERSION_LEVEL_MINOR), "1.3.0");
  EXPECT_EQ(NextVersion("9.2.3", v1::REPORT_VERSION_LEVEL_MAJOR), "10.0.0");
  EXPECT_EQ(NextVersion("", v1::REPORT_VERSION_LEVEL_MAJOR), "1.0.0");
  EXPECT_TRUE(VersionPrecedes("1.9.0", "1.10.0"));
  EXPECT_FALSE(VersionPrecedes("1.10.0", "1.9.9"));
  EXPECT_FALSE(VersionPrecedes("1.2.3", "1.2.3"));
}

TEST(Changes, OfRowsThatAreNotInOrderAreAnError) {
  Content after = Before();
  after.mutable_tables(0)->mutable_rows()->SwapElements(0, 1);
  const Content before = Before();
  const auto rows = [](const Content& content) {
    return [&content](const std::string&) { return RowsOf(content.tables(0)); };
  };
  const Comparison changes{{before, rows(before)}, {after, rows(after)}, {}};
  EXPECT_TRUE(absl::IsDataLoss(SumUpChanges(changes, after)));
}

// Rows of random tables by code, each with a figure; what is different by maps.
class RandomRows : public ::testing::TestWithParam<int> {};

TEST_P(RandomRows, AreHeldAgainstEachOtherAsMapsAre) {
  std::mt19937 random(GetParam());
  const auto any = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  using RowsByCode = std::map<std::string, int>;
  const int size = any(40);
  RowsByCode old, now;
  std::map<std::string, std::string> replaced;
  for (int i = 0; i < size; ++i) {
    const std::string code = absl::StrCat("c", any(60));
    if (any(4) > 0) old[code] = any(2);
    if (any(4) > 0) now[code] = any(2);
  }
  v1::ReportDefinition definition;
  for (const auto& [code, figure] : old) {
    if (now.contains(code) || now.empty() || any(1) > 0) continue;
    const std::string by = std::next(now.begin(), any(static_cast<int>(now.size()) - 1))->first;
    *definition.add_replaced_codes() = Replacing(code, by).replaced_codes(0);
    replaced[code] = by;
  }
  const auto content = [](const RowsByCode& rows) {
    Content content = Before();
    content.mutable_code_lists(0)->clear_codes();
    Table& table = *content.mutable_tables(0);
    table.clear_rows();
    for (const auto& [code, figure] : rows) {
      content.mutable_code_lists(0)->add_codes()->set_code(code);
      api::v1::FigureRow& row = *table.add_rows();
      row.add_codes(code);
      row.add_codes("2026");
      row.add_figures()->set_value(figure);
      row.add_figures()->set_value(0);
    }
    return content;
  };
  const Compared compared(content(old), content(now), definition);

  std::multiset<std::string> expected;
  std::set<std::string> mapped_to;
  for (const auto& [code, by] : replaced) mapped_to.insert(by);
  for (const auto& [code, figure] : old) {
    const auto by = replaced.find(code);
    if (by != replaced.end()) {
      expected.insert(
          absl::StrCat("ROW_MAPPED ", code, " ", by->second, " ", figure, " ", now.at(by->second)));
    } else if (!now.contains(code)) {
      expected.insert(absl::StrCat("ROW_REMOVED ", code, " ", figure));
    } else if (now.at(code) != figure) {
      expected.insert(absl::StrCat("FIGURES ", code, " ", figure, " ", now.at(code)));
    }
  }
  for (const auto& [code, figure] : now) {
    if (old.contains(code) || mapped_to.contains(code)) continue;
    expected.insert(absl::StrCat("ROW_ADDED ", code, " ", figure));
  }
  std::multiset<std::string> told;
  const auto document = nlohmann::json::parse(compared.json);
  for (const auto& line : document["changes"]) {
    if (line["item"] != "AWARDS") continue;
    std::string text = line["change"];
    if (line.contains("replaced"))
      absl::StrAppend(&text, " ", std::string(line["replaced"]["STATE"]));
    absl::StrAppend(&text, " ", std::string(line["codes"]["STATE"]["code"]));
    for (const char* side : {"before", "after"}) {
      if (!line[side].is_null()) absl::StrAppend(&text, " ", line[side]["value"].get<int>());
    }
    told.insert(text);
  }
  EXPECT_EQ(told, expected);
  const auto table = compared.after.changes().tables();
  int64_t count = 0;
  if (!table.empty()) {
    for (const auto& one : table[0].counts()) count += one.count();
  }
  EXPECT_EQ(count, static_cast<int64_t>(expected.size()));
  EXPECT_EQ(ParseCsv(compared.csv).size(), 1 + document["changes"].size());
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRows, ::testing::Range(0, 200));

}  // namespace
}  // namespace puente::gateway::reports
