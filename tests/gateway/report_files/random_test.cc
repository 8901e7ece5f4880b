// Whatever a content says, it is written, and read back it says the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/gateway/report_files/rendered.h"
#include "tests/gateway/report_files/samples.h"

namespace puente::gateway::reports {
namespace {

using nlohmann::json;
using Row = api::v1::FigureRow;

// The text that was made harmless.
std::string Bare(std::string text) {
  if (text.size() > 1 && text[0] == '\'' && absl::StrContains("=+-@\t\r", text.substr(1, 1))) {
    text.erase(0, 1);
  }
  return text;
}

std::string Status(const type::v1::Figure& figure) {
  if (figure.has_value()) return "A";
  switch (figure.mark()) {
    case type::v1::MARK_SUPPRESSED:
      return "Q";
    case type::v1::MARK_NOT_APPLICABLE:
      return "M";
    default:
      return "O";
  }
}

void ExpectCsv(const Table& table, const std::string& csv) {
  const CsvRows rows = ParseCsv(csv);
  const int dimensions = table.table().dimensions_size();
  const int measures = table.table().measures_size();
  if (dimensions + measures == 0) return;  // all lines are empty
  ASSERT_EQ(rows.size(), static_cast<size_t>(table.rows_size()) + 1);
  for (int r = 0; r < table.rows_size(); ++r) {
    const Row& row = table.rows(r);
    const std::vector<std::string>& fields = rows[r + 1];
    ASSERT_EQ(fields.size(), static_cast<size_t>(3 * dimensions + 2 * measures));
    for (int d = 0; d < dimensions; ++d) EXPECT_EQ(Bare(fields[3 * d]), Bare(row.codes(d)));
    for (int m = 0; m < measures; ++m) {
      const type::v1::Figure& figure = row.figures(m);
      EXPECT_EQ(fields[3 * dimensions + 2 * m],
                figure.has_value() ? absl::StrCat(figure.value()) : "");
      EXPECT_EQ(fields[3 * dimensions + 2 * m + 1], Status(figure));
    }
  }
}

void ExpectJson(const Table& table, const json& read) {
  ASSERT_EQ(read["rows"].size(), static_cast<size_t>(table.rows_size()));
  for (int r = 0; r < table.rows_size(); ++r) {
    const json& row = read["rows"][r];
    for (int d = 0; d < table.table().dimensions_size(); ++d) {
      EXPECT_EQ(row["codes"][table.table().dimensions(d).dimension()], table.rows(r).codes(d));
    }
    for (int m = 0; m < table.table().measures_size(); ++m) {
      const type::v1::Figure& figure = table.rows(r).figures(m);
      const json& told = row["figures"][table.table().measures(m).measure()];
      EXPECT_EQ(told["status"], Status(figure));
      EXPECT_EQ(told["value"], figure.has_value() ? json(figure.value()) : json());
    }
  }
}

bool IsWellFormed(const std::string& xml) {
  xmlDocPtr document = xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
  xmlFreeDoc(document);
  return document != nullptr;
}

TEST(RandomReports, AreWrittenAndReadBackTheSame) {
  const int cases = std::getenv("PUENTE_LONG") != nullptr ? 1000 : 100;
  int tables = 0;
  for (int seed = 0; seed < cases && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(static_cast<uint32_t>(seed));
    const Content content = RandomContent(random);
    const Rendered rendered(content);
    const json report = json::parse(rendered["report.json"], nullptr, false);
    ASSERT_TRUE(report.is_object());
    EXPECT_EQ(report["title"]["es"], content.title_es());
    for (int t = 0; t < content.tables_size(); ++t) {
      const Table& table = content.tables(t);
      ExpectCsv(table, rendered[absl::StrCat(table.table().table(), ".csv")]);
      ExpectJson(table, report["tables"][t]);
      ++tables;
    }
    for (const auto& [path, file] : rendered.files()) {
      if (absl::EndsWith(path, ".xml")) {
        EXPECT_TRUE(IsWellFormed(file.content)) << path;
      }
      if (absl::EndsWith(path, ".json")) {
        EXPECT_TRUE(json::accept(file.content)) << path;
      }
    }
  }
  EXPECT_GT(tables, cases / 2);
}

}  // namespace
}  // namespace puente::gateway::reports
