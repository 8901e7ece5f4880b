#include "gateway/reports/files/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <ctime>
#include <locale>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "common/crypto/digest.h"
#include "common/status/error.h"
#include "tests/gateway/report_files/rendered.h"
#include "tests/gateway/report_files/samples.h"

namespace puente::gateway::reports {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ReportCsv, HasCodesNamesValuesAndStatuses) {
  const CsvRows rows = ParseCsv(Rendered(TrickyContent())["skill-awards.csv"]);
  EXPECT_THAT(rows[0], ElementsAre("SKILL", "SKILL_es", "SKILL_en", "PERIOD", "PERIOD_es",
                                   "PERIOD_en", "AWARDS", "AWARDS_status", "DAYS", "DAYS_status"));
  EXPECT_THAT(rows, Contains(ElementsAre("skills/welding", "Soldadura", "Welding", "_T", "Total",
                                         "Total", "0", "A", "0", "A")));
  EXPECT_THAT(rows,
              Contains(ElementsAre("مرحبا",
                                   "\xE2\x80\xAE"
                                   "مرحبا",
                                   "مرحبا", "2026-Q3", "2026-Q3", "2026-Q3", "", "Q", "", "Q")));
  EXPECT_THAT(rows, Contains(ElementsAre("_U", "No se indica", "Not stated", "_T", "Total", "Total",
                                         "12", "A", "", "O")));
  EXPECT_THAT(
      rows, Contains(ElementsAre("👩‍🏭", "<script>alert(1)</script>", "</svg><script>", "_T",
                                 "Total", "Total", "", "M", "", "M")));
}

TEST(ReportCsv, RunsNoTextAsAFormula) {
  const CsvRows rows = ParseCsv(Rendered(TrickyContent())["skill-awards.csv"]);
  EXPECT_THAT(rows, Contains(ElementsAre("'=cmd", "'=cmd|' /C calc'!A0", "'@SUM(1)", "2026-Q3",
                                         "2026-Q3", "2026-Q3", "7", "A", "", "O")));
  EXPECT_THAT(rows, Contains(ElementsAre("'+x", "línea\r\notra", "'\ttab", "2026-Q3", "2026-Q3",
                                         "2026-Q3", "0", "A", "", "M")));
  // A figure is no text.
  EXPECT_THAT(rows, Contains(ElementsAre("skills/welding", "Soldadura", "Welding", "2026-Q3",
                                         "2026-Q3", "2026-Q3", "-5", "A", "0", "A")));
  for (const std::vector<std::string>& row : ParseCsv(Rendered(TrickyContent())["codebook.csv"])) {
    for (const std::string& field : row) {
      EXPECT_FALSE(!field.empty() && absl::StrContains("=+-@\t\r", field.substr(0, 1))) << field;
    }
  }
}

TEST(ReportCsv, CodebookNamesAllThatTablesSay) {
  const CsvRows rows = ParseCsv(Rendered(TrickyContent())["codebook.csv"]);
  EXPECT_THAT(rows[0], ElementsAre("table", "kind", "id", "code", "es", "en"));
  EXPECT_THAT(rows, Contains(ElementsAre("skill-awards", "code", "SKILL", "skills/welding",
                                         "Soldadura", "Welding")));
  EXPECT_THAT(rows, Contains(ElementsAre("skill-awards", "unit", "DAYS", "DAYS", "días", "days")));
  EXPECT_THAT(rows, Contains(ElementsAre("skill-awards", "dimension", "PERIOD", "", "Trimestre",
                                         "Quarter")));
  int statuses = 0;
  for (const auto& row : rows) statuses += row[1] == "status";
  EXPECT_EQ(statuses, 4);
}

TEST(ReportCsv, ReadsTheSameBehindAByteOrderMark) {
  const std::string csv = Rendered(TrickyContent())["skill-awards.csv"];
  EXPECT_FALSE(absl::StartsWith(csv, "\xEF\xBB\xBF"));
  EXPECT_EQ(ParseCsv(absl::StrCat("\xEF\xBB\xBF", csv)), ParseCsv(csv));
}

TEST(ReportJson, SaysWhatTheContentSays) {
  const json report = json::parse(Rendered(TrickyContent())["report.json"]);
  EXPECT_EQ(report["report"], "tricky");
  EXPECT_EQ(report["record_kind"], "REAL");
  EXPECT_EQ(report["title"]["en"], "<script>alert('x')</script> & things");
  EXPECT_EQ(report["sources"][0]["read_time"], "2026-11-30T05:09:44.12Z");
  const json& rows = report["tables"][0]["rows"];
  EXPECT_EQ(rows.size(), 12u);
  const auto figures = [&](const char* skill, const char* period) {
    for (const json& row : rows) {
      if (row["codes"] == json({{"SKILL", skill}, {"PERIOD", period}})) return row["figures"];
    }
    return json();
  };
  EXPECT_EQ(figures("skills/welding", "_T")["AWARDS"], json({{"value", 0}, {"status", "A"}}));
  EXPECT_EQ(figures("skills/$weld", "_T")["AWARDS"], json({{"value", nullptr}, {"status", "Q"}}));
  EXPECT_EQ(figures("_U", "_T")["DAYS"], json({{"value", nullptr}, {"status", "O"}}));
  EXPECT_EQ(figures("👩‍🏭", "_T")["DAYS"], json({{"value", nullptr}, {"status", "M"}}));
  EXPECT_EQ(report["tables"][1]["rows"], json::array());
}

TEST(ReportManifest, HasTheDigestOfEveryOtherFile) {
  const Rendered rendered(CountryContent());
  const json manifest = json::parse(rendered["manifest.json"]);
  EXPECT_EQ(manifest["files"].size(), rendered.files().size() - 1);
  for (const json& listed : manifest["files"]) {
    const RenderedFile& file = rendered.files().at(listed["path"]);
    EXPECT_EQ(listed["sha256"], absl::BytesToHexString(crypto::Sha256(file.content)));
    EXPECT_EQ(listed["byte_count"], file.content.size());
    EXPECT_EQ(listed["media_type"], file.media_type);
  }
  EXPECT_EQ(manifest["sources"].size(), 4u);
  EXPECT_EQ(manifest["first_read_time"], "2026-11-30T05:09:47Z");
  EXPECT_EQ(manifest["last_read_time"], "2026-11-30T05:10:25Z");
  EXPECT_EQ(manifest["signatures"], json::array());
  EXPECT_EQ(manifest["record_kind"], "GENERATED");
}

std::map<std::string, std::string> Bytes(const Content& content) {
  std::map<std::string, std::string> bytes;
  const Rendered rendered(content);
  for (const auto& [path, file] : rendered.files()) bytes[path] = file.content;
  return bytes;
}

TEST(Report, IsTheSameBytesInEveryLocaleZoneAndThread) {
  const auto expected = Bytes(CountryContent());
  const std::string zone = std::getenv("TZ") == nullptr ? "" : std::getenv("TZ");
  for (const char* const name : {"de_DE.UTF-8", "es_MX.UTF-8", "C.UTF-8", "tr_TR.UTF-8"}) {
    // A locale that this machine lacks is left alone; one whose digits are grouped is always there.
    std::setlocale(LC_ALL, name);
    struct Grouped : std::numpunct<char> {
      char do_decimal_point() const override { return ','; }
      char do_thousands_sep() const override { return '.'; }
      std::string do_grouping() const override { return "\3"; }
    };
    const std::locale before = std::locale::global(std::locale(std::locale(), new Grouped));
    setenv("TZ", "Asia/Kathmandu", 1);
    tzset();
    EXPECT_EQ(Bytes(CountryContent()), expected) << name;
    std::locale::global(before);
  }
  std::setlocale(LC_ALL, "C");
  if (zone.empty()) {
    unsetenv("TZ");
  } else {
    setenv("TZ", zone.c_str(), 1);
  }
  tzset();
  std::vector<std::map<std::string, std::string>> found(4);
  std::vector<std::thread> threads;
  for (auto& bytes : found) {
    threads.emplace_back([&bytes] { bytes = Bytes(CountryContent()); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& bytes : found) EXPECT_EQ(bytes, expected);
}

TEST(Report, LinesEndWithLineFeedsAlone) {
  const Rendered rendered(CountryContent());
  for (const auto& [path, file] : rendered.files()) {
    EXPECT_FALSE(absl::StrContains(file.content, '\r')) << path;
    EXPECT_TRUE(absl::EndsWith(file.content, "\n")) << path;
  }
}

TEST(Report, OfAContentThatContradictsItselfIsRefused) {
  const auto why = [](const auto& change) {
    Content content = TrickyContent();
    change(content, *content.mutable_tables(0));
    const Rendered rendered(content);
    EXPECT_EQ(Reason(rendered.status()), "REPORT_CONTENT_WRONG");
    EXPECT_THAT(rendered.files(), IsEmpty());
    return std::string(rendered.status().message());
  };
  EXPECT_THAT(why([](Content& content, Table&) { content.set_title_es("\xFF"); }),
              HasSubstr("title_es UTF-8"));
  EXPECT_THAT(why([](Content&, Table& table) { table.mutable_table()->set_table("../x"); }),
              HasSubstr("\"../x\""));
  EXPECT_THAT(why([](Content&, Table& table) { table.mutable_table()->set_table("codebook"); }),
              HasSubstr("codebook"));
  EXPECT_THAT(why([](Content&, Table& table) { table.mutable_table()->set_table("empty"); }),
              HasSubstr("empty twice"));
  EXPECT_THAT(why([](Content& content, Table&) { content.clear_code_lists(); }),
              HasSubstr("CL_SKILL"));
  EXPECT_THAT(why([](Content&, Table& table) { table.mutable_rows(3)->set_codes(0, "none"); }),
              HasSubstr("skill-awards 6 SKILL \"none\""));
  EXPECT_THAT(why([](Content&, Table& table) { table.mutable_rows(3)->set_codes(1, "2026-Q5"); }),
              HasSubstr("PERIOD \"2026-Q5\""));
  EXPECT_THAT(why([](Content&, Table& table) {
                table.mutable_table()->add_dimensions()->set_dimension("OTHER");
              }),
              HasSubstr("codes"));
  EXPECT_THAT(
      why([](Content&, Table& table) { table.mutable_table()->mutable_measures()->RemoveLast(); }),
      HasSubstr("figures"));
  EXPECT_THAT(
      why([](Content&, Table& table) { table.mutable_rows(3)->mutable_figures(0)->Clear(); }),
      HasSubstr("figure"));
  EXPECT_THAT(why([](Content&, Table& table) { *table.mutable_rows(3) = table.rows(2); }),
              HasSubstr("twice"));
  EXPECT_THAT(why([](Content&, Table& table) { table.mutable_charts(0)->set_dimension("NONE"); }),
              HasSubstr("chart: NONE"));
}

}  // namespace
}  // namespace puente::gateway::reports
