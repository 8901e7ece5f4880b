#include "tests/agencies/tables.h"

#include "absl/strings/str_cat.h"
#include "tests/testing/status.h"

namespace puente::testing {

std::vector<std::string> Texts(sql::Connection& connection, const std::string& query) {
  std::vector<std::string> texts;
  EXPECT_OK(connection.Select({"test.texts", query}, {}, nullptr, [&](const sql::Row& row) {
    texts.push_back(row.Text(0));
    return absl::OkStatus();
  }));
  return texts;
}

std::vector<std::pair<std::string, std::string>> ColumnTypes(sql::Connection& connection,
                                                             const std::string& table) {
  std::vector<std::pair<std::string, std::string>> columns;
  EXPECT_OK(connection.Select(
      {"test.columns",
       "SELECT column_name, data_type FROM information_schema.columns"
       " WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position"},
      {table}, nullptr, [&](const sql::Row& row) {
        columns.emplace_back(row.Text(0), row.Text(1));
        return absl::OkStatus();
      }));
  return columns;
}

std::string SampleFor(const std::string& type, int number) {
  if (type == "date") return absl::StrCat("20", number, "-01-31");
  if (type == "datetime") return absl::StrCat("20", number, "-01-31 12:00:00.000001");
  return absl::StrCat(number);  // fits numbers, and text of two bytes
}

}  // namespace puente::testing
