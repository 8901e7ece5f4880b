// Every earlier schema, with rows in each of its tables, becomes today's and keeps what they hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/sql/migrate.h"
#include "gateway/module.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"
#include "tests/agencies/tables.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente {
namespace {

using testing::ColumnTypes;
using testing::Database;
using testing::MustCount;
using testing::MustExecute;
using testing::SampleFor;
using testing::Texts;

// Columns and indexes of the whole schema, one a line.
std::vector<std::string> Shape(sql::Connection& connection) {
  std::vector<std::string> shape =
      Texts(connection,
            "SELECT CONCAT_WS(' ', table_name, ordinal_position, column_name, column_type,"
            " is_nullable, COALESCE(column_default, '-'), COALESCE(collation_name, '-'), extra)"
            " FROM information_schema.columns WHERE table_schema = DATABASE()"
            " ORDER BY table_name, ordinal_position");
  for (std::string& line :
       Texts(connection,
             "SELECT CONCAT_WS(' ', table_name, index_name, seq_in_index, column_name, non_unique)"
             " FROM information_schema.statistics WHERE table_schema = DATABASE()"
             " ORDER BY table_name, index_name, seq_in_index")) {
    shape.push_back(std::move(line));
  }
  return shape;
}

// Those of the agency; the migrations' own say what was applied.
std::vector<std::string> Tables(sql::Connection& connection) {
  return Texts(connection,
               "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
               " AND table_name NOT LIKE 'migration%'");
}

// Adds two rows to each table that has none, with another value in each column.
void FillTables(sql::Connection& connection) {
  for (const std::string& table : Tables(connection)) {
    if (MustCount(connection, absl::StrCat("SELECT COUNT(*) FROM ", table)) > 0) continue;
    for (int number : {10, 50}) {
      std::vector<std::string> columns, values;
      for (const auto& [column, type] : ColumnTypes(connection, table)) {
        columns.push_back(column);
        values.push_back(absl::StrCat("'", SampleFor(type, number++), "'"));
      }
      MustExecute(connection,
                  absl::StrCat("INSERT INTO ", table, " (", absl::StrJoin(columns, ", "),
                               ") VALUES (", absl::StrJoin(values, ", "), ")"));
    }
  }
}

// The rows of each table, by the statement that reads its columns as one text.
std::map<std::string, std::vector<std::string>> Contents(sql::Connection& connection) {
  std::map<std::string, std::vector<std::string>> contents;
  for (const std::string& table : Tables(connection)) {
    std::vector<std::string> columns;
    for (const auto& [column, type] : ColumnTypes(connection, table)) {
      columns.push_back(absl::StrCat("QUOTE(", column, ")"));
    }
    const std::string query =
        absl::StrCat("SELECT CONCAT_WS(', ', ", absl::StrJoin(columns, ", "), ") FROM ", table);
    contents[query] = Texts(connection, query);
    EXPECT_FALSE(contents[query].empty()) << table;
  }
  return contents;
}

// Whether it writes to a table that has the name of a component.
bool Needs(const sql::Migration& migration, const std::string& component) {
  return absl::StrContains(migration.text, absl::StrCat("INTO ", component, " "));
}

// What a database may hold of them: the first so many, or all but those of a component that the
// software did not have then, and what needs it, which is younger.
std::vector<std::vector<sql::Migration>> Earlier(const std::vector<sql::Migration>& all) {
  std::vector<std::vector<sql::Migration>> earlier;
  std::set<std::string> components;
  for (size_t count = 1; count < all.size(); ++count) {
    earlier.emplace_back(all.begin(), all.begin() + static_cast<int64_t>(count));
    components.insert(all[count].component);
  }
  // Modules' migrations write their tables, which come first.
  for (const char* before : {"journal", "agency"}) components.erase(before);
  for (const std::string& component : components) {
    std::vector<sql::Migration>& without = earlier.emplace_back();
    for (const sql::Migration& migration : all) {
      if (migration.component != component && !Needs(migration, component)) {
        without.push_back(migration);
      }
    }
  }
  return earlier;
}

// What an ALTER adds may be there already, so one that does several things could do none of them.
// That a primary key takes another's place is one thing, and may be done again.
TEST(Migrations, AlterATableInOneThing) {
  static const std::regex kOneThing("\\([^()]*\\)|DROP PRIMARY KEY, (?=ADD PRIMARY KEY)");
  for (const hosting::ModuleKind& kind :
       {labor::Labor(), economy::Economy(), education::Education(), science::Science(),
        gateway::Gateway()}) {
    for (const sql::Migration& migration : kind.migrations) {
      const size_t alter = migration.text.find("ALTER TABLE");
      if (alter == std::string::npos) continue;
      EXPECT_THAT(std::regex_replace(migration.text.substr(alter), kOneThing, ""),
                  ::testing::Not(::testing::HasSubstr(",")))
          << migration.component << "/" << migration.name;
    }
  }
}

// As after a process that was killed between a statement and its record, for each of them.
TEST(Migrations, RunAgainWhereNothingSaysThatTheyRan) {
  for (const hosting::ModuleKind& kind :
       {labor::Labor(), economy::Economy(), education::Education(), science::Science(),
        gateway::Gateway()}) {
    sql::Connection fresh(Database::Shared().NewSchema(kind.migrations));
    sql::Connection connection(Database::Shared().NewSchema());
    std::vector<sql::Migration> some;
    for (const sql::Migration& migration : kind.migrations) {
      SCOPED_TRACE(absl::StrCat(migration.component, "/", migration.name));
      some.push_back(migration);
      if (!absl::StrContains(migration.text, "ALTER TABLE") &&
          !absl::StrContains(migration.text, "DROP TABLE")) {
        continue;
      }
      ASSERT_OK(sql::Migrate(connection, some));
      MustExecute(connection,
                  absl::StrCat("DELETE FROM migration WHERE component = '", migration.component,
                               "' AND number = ", migration.number));
      ASSERT_OK_AND_ASSIGN(const int again, sql::Migrate(connection, some));
      EXPECT_EQ(again, 1);
    }
    ASSERT_OK(sql::Migrate(connection, kind.migrations));
    EXPECT_EQ(Shape(connection), Shape(fresh));
  }
}

TEST(Migrations, LeadFromEveryEarlierSchemaToTodaysAndKeepItsValues) {
  for (const hosting::ModuleKind& kind :
       {labor::Labor(), economy::Economy(), education::Education(), science::Science(),
        gateway::Gateway()}) {
    sql::Connection fresh(Database::Shared().NewSchema(kind.migrations));
    const std::vector<std::string> today = Shape(fresh);
    EXPECT_GT(today.size(), 20u);
    for (const std::vector<sql::Migration>& earlier : Earlier(kind.migrations)) {
      SCOPED_TRACE(absl::StrCat(kind.agency, " after ", earlier.size(), " migrations, the last ",
                                earlier.back().component, "/", earlier.back().name));
      sql::Connection connection(Database::Shared().NewSchema(earlier));
      FillTables(connection);
      const auto before = Contents(connection);
      ASSERT_OK(sql::Migrate(connection, kind.migrations));
      EXPECT_OK(sql::CheckSchema(connection, kind.migrations));
      EXPECT_EQ(Shape(connection), today);
      // No migration changes what is stored. One that means to leaves its table out here: a
      // company's chambers are consents now, published seats are counted anew, a program's cause in
      // words is none that can be followed, what a body decides is a record of its own, the last
      // day of an award is repeated for lists, and a company's pseudonyms of learners are in the
      // reservations.
      for (const auto& [query, rows] : before) {
        if (absl::StrContains(query, "QUOTE(chambers)")) continue;
        if (absl::StrContains(query, "FROM published_seats")) continue;
        if (absl::StrContains(query, "QUOTE(cause), QUOTE(source)")) continue;
        if (absl::StrContains(query, "FROM submission")) continue;
        if (absl::StrContains(query, "QUOTE(end_day)")) continue;
        if (absl::StrContains(query, "FROM company_learner")) continue;
        EXPECT_THAT(Texts(connection, query), ::testing::IsSupersetOf(rows)) << query;
      }
    }
  }
}

// Statements have names within their companies since then. The rows that FillTables() makes are of
// no company, so these are.
TEST(Migrations, PutDemandStatementsWithinTheirCompanies) {
  const std::vector<sql::Migration> all = economy::Economy().migrations;
  const auto first = std::find_if(all.begin(), all.end(), [](const sql::Migration& migration) {
    return migration.name == "demand_superseded_by_longer";
  });
  ASSERT_NE(first, all.end());
  sql::Connection connection(Database::Shared().NewSchema({all.begin(), first}));
  const std::string kRow =
      "INSERT INTO demand_statement (id, version, state, company, skill, level, heads, start_date,"
      " end_date, state_code, scian_class, occupation_code, superseded_by, source, record_kind,"
      " create_time, update_time, current_need) VALUES ";
  for (const char* values :
       {"('first', 2, 2, 'companies/acme', 'skills/a', '', 7, '2027-01-01', '2027-06-30', '11',"
        " '3361', '', 'demandStatements/second', 'test', 1, NOW(), NOW(), NULL)",
        "('second', 1, 1, 'companies/acme', 'skills/a', '', 8, '2027-01-01', '2027-06-30', '11',"
        " '3361', '', '', 'test', 1, NOW(), NOW(), REPEAT('n', 32))"}) {
    MustExecute(connection, kRow + values);
  }
  MustExecute(connection,
              "INSERT INTO foreign_reference VALUES (1, 'demandStatements/second', 'skill')");
  const std::string rest =
      "SELECT CONCAT_WS(' ', version, state, skill, heads, source, standing, HEX(current_need))"
      " FROM demand_statement ORDER BY id";
  const std::vector<std::string> before = Texts(connection, rest);
  ASSERT_OK(sql::Migrate(connection, all));
  EXPECT_EQ(Texts(connection, rest), before);
  EXPECT_THAT(
      Texts(connection,
            "SELECT CONCAT_WS(' ', company, id, superseded_by) FROM demand_statement"
            " ORDER BY id"),
      ::testing::ElementsAre("acme first companies/acme/demandStatements/second", "acme second "));
  EXPECT_THAT(Texts(connection, "SELECT resource FROM foreign_reference"),
              ::testing::ElementsAre("companies/acme/demandStatements/second"));
  MustExecute(
      connection,
      "INSERT INTO demand_statement SELECT 'first', 1, 1, 'globex', skill, level, heads,"
      " start_date, end_date, state_code, scian_class, occupation_code, '', source,"
      " record_kind, create_time, update_time, NULL, standing, confirmed_by, confirm_time, guard"
      " FROM demand_statement WHERE id = 'second'");
}

}  // namespace
}  // namespace puente
