// A migration's line "oldest-binary" is a claim: that version's binary still runs on the schema
// after it. Here today's schema is held to what binaries of earlier releases were seen to do
// (releases/record.py).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/sql/migrate.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"
#include "tests/agencies/tables.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente {
namespace {

namespace fs = std::filesystem;
using testing::Database;
using testing::MustExecute;

const fs::path kReleases = "tests/agencies/releases";  // tests run at the root of the project

std::vector<hosting::ModuleKind> Kinds() {
  return {labor::Labor(), economy::Economy(), education::Education(), science::Science()};
}

std::vector<std::string> Lines(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  EXPECT_FALSE(lines.empty()) << path;
  return lines;
}

std::vector<std::string> Releases() {
  std::vector<std::string> releases;
  for (const auto& entry : fs::directory_iterator(kReleases)) {
    if (entry.is_directory()) releases.push_back(entry.path().filename());
  }
  return releases;
}

std::vector<int> Numbers(const std::string& version) {
  std::vector<int> numbers;
  for (absl::string_view part : absl::StrSplit(version, '.')) {
    EXPECT_TRUE(absl::SimpleAtoi(part, &numbers.emplace_back())) << version;
  }
  return numbers;
}

// Whether all migrations say that this release's binary can run on them.
bool Claimed(const std::vector<sql::Migration>& migrations, const std::string& release) {
  return std::all_of(migrations.begin(), migrations.end(), [&](const sql::Migration& migration) {
    absl::string_view first = migration.text;
    first = first.substr(0, first.find('\n'));
    EXPECT_TRUE(absl::ConsumePrefix(&first, "-- oldest-binary: ")) << migration.name;
    return Numbers(std::string(first)) <= Numbers(release);
  });
}

// As record.py writes it.
std::set<std::string> Shape(sql::Connection& connection) {
  static const std::regex kWidth("int\\([0-9]+\\)");  // only MariaDB says it
  std::set<std::string> shape;
  for (const char* query :
       {"SELECT CONCAT_WS(' ', 'column', table_name, column_name, column_type,"
        " IF(is_nullable = 'YES', 'NULL', 'NOT NULL')) FROM information_schema.columns"
        " WHERE table_schema = DATABASE()",
        "SELECT CONCAT_WS(' ', IF(non_unique = 0, 'unique', 'index'), table_name, index_name,"
        " GROUP_CONCAT(column_name ORDER BY seq_in_index)) FROM information_schema.statistics"
        " WHERE table_schema = DATABASE() GROUP BY table_name, index_name, non_unique"}) {
    for (const std::string& line : testing::Texts(connection, query)) {
      shape.insert(std::regex_replace(line, kWidth, "int"));
    }
  }
  return shape;
}

std::string TableOf(const std::string& line) {
  const std::vector<std::string> words = absl::StrSplit(line, absl::MaxSplits(' ', 2));
  return words.at(1);
}

// What was there is there, as it was; what the release wrote is no duplicate by a later key.
void CompareShapes(const std::set<std::string>& then, const std::set<std::string>& today,
                   std::vector<std::string>& broken) {
  std::set<std::string> tables;
  for (const std::string& line : then) {
    tables.insert(TableOf(line));
    if (!today.contains(line)) broken.push_back(absl::StrCat("gone or changed: ", line));
  }
  for (const std::string& line : today) {
    if (absl::StartsWith(line, "unique ") && tables.contains(TableOf(line)) &&
        !then.contains(line)) {
      broken.push_back(absl::StrCat("a key that the release does not know: ", line));
    }
  }
}

// The columns that an insert names, or all.
std::vector<std::string> InsertedTypes(sql::Connection& connection, const std::string& statement) {
  static const std::regex kInsert("INSERT INTO (\\w+)(?: \\(([^)]*)\\))? VALUES.*");
  std::smatch parts;
  if (!std::regex_match(statement, parts, kInsert)) return {};
  const auto columns = testing::ColumnTypes(connection, parts[1]);
  std::vector<std::string> types;
  if (!parts[2].matched) {
    for (const auto& [column, type] : columns) types.push_back(type);
  }
  for (absl::string_view name : absl::StrSplit(parts[2].str(), ", ", absl::SkipEmpty())) {
    for (const auto& [column, type] : columns) {
      if (column == name) types.push_back(type);
    }
  }
  return types;
}

// Inserts get values; everything else gets NULL, which touches no row, and a limit.
std::vector<sql::Value> Parameters(sql::Connection& connection, const std::string& statement,
                                   int number) {
  const std::vector<std::string> types = InsertedTypes(connection, statement);
  std::vector<sql::Value> values;
  for (size_t at = statement.find('?'); at != std::string::npos; at = statement.find('?', at + 1)) {
    if (values.size() < types.size()) {
      values.emplace_back(testing::SampleFor(types[values.size()], number));
    } else if (absl::EndsWith(statement.substr(0, at), "LIMIT ")) {
      values.emplace_back(1);
    } else {
      values.emplace_back();  // NULL
    }
  }
  return values;
}

absl::Status Run(sql::Connection& connection, const std::string& statement, int number) {
  const std::vector<sql::Value> parameters = Parameters(connection, statement, number);
  const sql::Query query{"test.release", statement};
  if (!absl::StartsWith(statement, "SELECT")) return connection.Execute(query, parameters).status();
  return connection.Select(query, parameters, nullptr,
                           [](const auto&) { return absl::OkStatus(); });
}

// What a binary of the release can't do any more on this schema.
std::vector<std::string> Broken(sql::Connection& connection, const std::string& release,
                                absl::string_view agency) {
  const fs::path recorded = kReleases / release / std::string(agency);
  std::vector<std::string> broken;
  const std::vector<std::string> shape = Lines(fs::path(recorded).concat(".schema"));
  CompareShapes({shape.begin(), shape.end()}, Shape(connection), broken);
  int number = 10;
  for (const std::string& statement : Lines(fs::path(recorded).concat(".sql"))) {
    const absl::Status status = Run(connection, statement, number++);
    if (!status.ok()) broken.push_back(absl::StrCat(statement, "\n    ", status.ToString()));
  }
  return broken;
}

TEST(PreviousBinary, RunsOnTodaysSchemaWhereMigrationsSaySo) {
  EXPECT_FALSE(Releases().empty());
  for (const std::string& release : Releases()) {
    for (const hosting::ModuleKind& kind : Kinds()) {
      if (!Claimed(kind.migrations, release)) continue;
      sql::Connection connection(Database::Shared().NewSchema(kind.migrations));
      EXPECT_THAT(Broken(connection, release, kind.agency), ::testing::IsEmpty())
          << kind.agency << " of release " << release << " would fail on this schema. Keep what it "
          << "uses, or let the migration say \"-- oldest-binary:\" with the version to come.";
    }
  }
}

// Each is a change that a migration must not make while it claims that 0.1.0 still runs.
TEST(PreviousBinary, IsMissedByChangesThatBreakIt) {
  for (const char* change : {
           "ALTER TABLE skill DROP COLUMN framework",
           "ALTER TABLE skill CHANGE framework framework_name VARCHAR(40) NOT NULL",
           "ALTER TABLE skill MODIFY framework VARCHAR(20) NOT NULL",
           "ALTER TABLE skill MODIFY framework VARCHAR(40) NULL",
           "ALTER TABLE skill ADD COLUMN owner VARCHAR(40) NOT NULL",
           "ALTER TABLE skill DROP INDEX by_kind",
           "ALTER TABLE skill DROP INDEX by_kind, ADD INDEX by_kind (id)",
           "ALTER TABLE skill ADD UNIQUE INDEX by_code (code)",
           "ALTER TABLE skill ADD CONSTRAINT known CHECK (kind < 3)",
           "DROP TABLE minimum_wage",
       }) {
    SCOPED_TRACE(change);
    sql::Connection connection(Database::Shared().NewSchema(labor::Labor().migrations));
    MustExecute(connection, change);
    EXPECT_THAT(Broken(connection, "0.1.0", "labor"), ::testing::Not(::testing::IsEmpty()));
  }
}

TEST(PreviousBinary, IsNotDisturbedByWhatIsAdded) {
  sql::Connection connection(Database::Shared().NewSchema(labor::Labor().migrations));
  MustExecute(connection,
              "ALTER TABLE skill ADD COLUMN note VARCHAR(40) NULL,"
              " ADD COLUMN weight INT NOT NULL DEFAULT 1, ADD INDEX by_code (code, id)");
  MustExecute(connection, "CREATE TABLE other (id INT NOT NULL PRIMARY KEY)");
  EXPECT_THAT(Broken(connection, "0.1.0", "labor"), ::testing::IsEmpty());
}

}  // namespace
}  // namespace puente
