// Awards from files.
#include <gmock/gmock.h>

#include "tests/agencies/load_file.h"
#include "tests/education/awarding.h"
#include "tests/education/earned.h"

namespace puente::education {
namespace {

using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::RowsOf;
using ::puente::testing::SendFile;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Gt;
using testing::InDays;
using testing::kRegistrar;
using testing::kVersion;
using ::testing::Lt;

class AwardLoads : public testing::Awarding {
 protected:
  static std::string Row(const std::string& assessment, int day = -5,
                         const std::string& rest = ",9") {
    return absl::StrCat(AssessmentName(assessment), ",", absl::FormatCivilTime(InDays(day)), ",",
                        rest, "\n");
  }
  absl::StatusOr<api::v1::LoadRecordsResponse> Send(const std::string& rows,
                                                    bool validate_only = false) {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-awards");
    header.set_parent("organizations/a");
    header.set_source("control-escolar");
    header.set_record_kind(type::v1::RECORD_KIND_REAL);
    header.set_validate_only(validate_only);
    return SendFile(ministry_.channel(), header, "assessment,issue_date,end_date,grade\n" + rows,
                    64 << 10, kRegistrar);
  }
  std::vector<std::string> Sent(const std::string& rows) {
    const auto done = Send(rows);
    EXPECT_OK(done);
    if (!done.ok()) return {};
    return RowsOf(ministry_.channel(), done->load().name());
  }
  // Passed assessments of as many learners, with ids s-1, …
  void EarnMany(int count) {
    for (const std::string& statement : testing::Earned(count)) MustExecute(other_, statement);
  }
  static std::string ManyRows(int count, const std::string& rest = ",9") {
    std::string rows;
    for (int i = 1; i <= count; ++i) rows += Row(absl::StrCat("s-", i), -5, rest);
    return rows;
  }
};

TEST_F(AwardLoads, AreOneByOneAcknowledged) {
  Earn("one");
  Earn("two", "eva");
  EXPECT_THAT(Sent(Row("one") + Row("none") + Row("two", 1) + Row("two", -50)),
              ElementsAre("1 TAKEN", "2 REFUSED assessment ASSESSMENT_NOT_FOUND",
                          "3 REFUSED issue_date AFTER_TODAY", "4 REFUSED award_id ROW_REPEATED"));
  EXPECT_EQ(Count("award"), 1);
  EXPECT_THAT(Sent(Row("two")), ElementsAre("1 TAKEN"));
}

TEST_F(AwardLoads, OfTheSameFileAgainChangeNothing) {
  Earn("one");
  EXPECT_THAT(Sent(Row("one")), ElementsAre("1 TAKEN"));
  const int64_t entries = Count("journal_entry WHERE canonical LIKE '%/awards/%'");
  EXPECT_THAT(Sent(Row("one")), ElementsAre("1 UNCHANGED"));
  EXPECT_EQ(Count("journal_entry WHERE canonical LIKE '%/awards/%'"), entries);
  EXPECT_THAT(Sent(Row("one", -6)), ElementsAre("1 REFUSED  AWARD_ALREADY_EXISTS"))
      << "no file changes an award";
  std::string id;
  ASSERT_OK(other_.Select({"test", "SELECT id FROM award"}, {}, nullptr, [&](const sql::Row& row) {
    id = row.Text(0);
    return absl::OkStatus();
  }));
  ASSERT_OK(Revoke(id));
  EXPECT_THAT(Sent(Row("one")), ElementsAre("1 REFUSED  RECORD_OVER")) << "nor revives it";
}

TEST_F(AwardLoads, OfTwoAttemptsAreOneAward) {
  Earn("one");
  ASSERT_OK(Do(NewAssessment("again", "one", 2)));
  ASSERT_OK(Pass("again"));
  EXPECT_THAT(Sent(Row("one") + Row("again")),
              ElementsAre("1 TAKEN", "2 REFUSED assessment AWARD_OF_ENROLMENT_EXISTS"));
}

TEST_F(AwardLoads, ThatAreOnlyCheckedStoreNothing) {
  Earn("one");
  ASSERT_OK_AND_ASSIGN(const auto checked, Send(Row("one") + Row("none"), true));
  EXPECT_EQ(checked.load().taken_count(), 1);
  EXPECT_EQ(checked.load().refused_count(), 1);
  EXPECT_EQ(Count("award"), 0);
}

TEST_F(AwardLoads, CostNoStatementARow) {
  EarnMany(2000);
  ASSERT_OK(AddRule("one", -400, 8));
  // Of the connection that writes awards: on others modules do what is due meanwhile.
  MustExecute(other_, "SET GLOBAL log_output = 'TABLE'");
  MustExecute(other_, "TRUNCATE mysql.general_log");
  MustExecute(other_, "SET GLOBAL general_log = 1");
  ASSERT_OK_AND_ASSIGN(const auto done,
                       Send(ManyRows(2000, absl::StrCat(absl::FormatCivilTime(InDays(30)), ",9"))));
  MustExecute(other_, "SET GLOBAL general_log = 0");
  const int64_t statements =
      MustCount(other_,
                "SELECT COUNT(*) FROM mysql.general_log WHERE command_type = 'Execute' AND"
                " thread_id IN (SELECT thread_id FROM mysql.general_log"
                " WHERE argument LIKE 'INSERT INTO award %')");
  EXPECT_EQ(done.load().taken_count(), 2000);
  EXPECT_EQ(Count("due WHERE kind = 'awards.expire'"), 2000);
  EXPECT_THAT(statements, AllOf(Gt(0), Lt(120))) << "of two chunks";
  RecordProperty("statements", std::to_string(statements));
}

}  // namespace
}  // namespace puente::education
