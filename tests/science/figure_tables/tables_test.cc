// Tables of figures of Science.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "modules/science/module.h"
#include "tests/testing/extracts.h"

namespace puente::science {
namespace {

using testing::MustExecute;
using testing::RowsBy;
using testing::RowsOf;

TEST(ScienceFigureTables, CountSignalsBySkillReadinessAndYear) {
  const sql::Target database = testing::Database::Shared().NewSchema(Science().migrations);
  sql::Connection connection(database);
  for (int i = 0; i < 4; ++i) {
    MustExecute(connection,
                absl::StrCat("INSERT INTO technology (id, version, label_es, label_en,"
                             " readiness_level, evidence, source, record_kind, create_time,"
                             " update_time) VALUES ('t",
                             i, "', 1, 'T', 'T', ", 3 + 2 * i, ", '', 'test', 1, NOW(6), NOW(6))"));
  }
  for (int i = 0; i < 30; ++i) {
    MustExecute(
        connection,
        absl::StrCat("INSERT INTO skill_signal (id, version, skill, technology, sector_table,"
                     " horizon_date, confidence, source, record_kind, create_time, update_time)"
                     " VALUES ('s",
                     i, "', 1, 'skills/k", i * i % 7, "', 'technologies/t", i % 4,
                     "', 'sectorTables/auto', '", 2027 + i % 3, "-06-30', 60, 'test', ",
                     i % 10 == 9 ? 2 : 1, ", NOW(6), NOW(6))"));
  }
  std::string all;
  for (int sums = 0; sums < 8; ++sums) {
    absl::StrAppend(&all, sums == 0 ? "" : " UNION ALL ", "SELECT CONCAT_WS(' ', ",
                    (sums & 1) != 0 ? "'_T'" : "s.skill", ", ",
                    (sums & 2) != 0 ? "'_T'" : "t.readiness_level", ", ",
                    (sums & 4) != 0 ? "'_T'" : "YEAR(s.horizon_date)",
                    ") AS codes, CAST(COUNT(*) AS CHAR) FROM skill_signal AS s JOIN technology AS t"
                    " ON s.technology = CONCAT('technologies/', t.id) WHERE s.record_kind = 1"
                    " GROUP BY codes");
  }
  const std::string file =
      testing::FileOf(Science(), database, {"skill-signals", "record-quality"});
  EXPECT_EQ(RowsOf(file, "skill-signals"), RowsBy(connection, all));
  EXPECT_EQ(RowsOf(file, "skill-signals").at("_T _T _T"), "27");
  EXPECT_EQ(RowsOf(file, "record-quality").at("_T"), "0");
}

TEST(ScienceFigureTables, SayWhatReferencesWereFoundToBe) {
  const sql::Target database = testing::Database::Shared().NewSchema(Science().migrations);
  sql::Connection connection(database);
  for (int i = 0; i < 4; ++i) {
    MustExecute(connection,
                absl::StrCat("INSERT INTO foreign_name (id, target, target_type, reader,"
                             " resolution, check_time, unresolved) VALUES (",
                             i + 1, ", 'skills/k", i, "', 'labor.puente/Skill', 'agency/science', ",
                             i, ", NOW(6), ", i > 1 ? 1 : 0, ")"));
    for (int j = 0; j <= i; ++j) {
      MustExecute(connection, absl::StrCat("INSERT INTO foreign_reference VALUES (", i + 1,
                                           ", 'skillSignals/s", j, "', 'skill')"));
    }
  }
  EXPECT_EQ(
      RowsOf(testing::FileOf(Science(), database, {"record-quality"}), "record-quality"),
      (std::map<std::string, std::string>{
          {"UNCHECKED", "1"}, {"FOUND", "2"}, {"MISSING", "3"}, {"UNKNOWN", "4"}, {"_T", "10"}}));
}

}  // namespace
}  // namespace puente::science
