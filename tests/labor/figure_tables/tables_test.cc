// Tables of figures of Labor: what they say is what the rows come to, by SQL of the test's own.
#include <gmock/gmock.h>

#include <random>

#include "common/context/values.h"
#include "tests/labor/vacancies/hosted.h"
#include "tests/testing/extracts.h"

namespace puente::labor {
namespace {

class LaborFigureTables : public LaborService {
 protected:
  LaborFigureTables() : LaborService("agency/labor") {}
};

TEST_F(LaborFigureTables, SayHowManyVacanciesThereAreByStateMonthAndSchooling) {
  std::mt19937 random(20261130);
  const std::vector<std::string> states = {"02", "14", "26"};
  const std::vector<std::string> classes = {"336370", "722511", ""};
  for (int i = 0; i < 40; ++i) {
    v1::CreateVacancyRequest request = Welder(absl::StrCat("n", i));
    v1::Vacancy& vacancy = *request.mutable_vacancy();
    *vacancy.mutable_offer_date() =
        ToProto(absl::CivilDay(2019, 11 + static_cast<int>(random() % 5), 1 + random() % 28));
    vacancy.set_state_code(states[random() % 3]);
    vacancy.set_municipality("");
    vacancy.set_scian_class(classes[random() % 3]);
    if (vacancy.scian_class().empty()) vacancy.clear_scian_origin();
    vacancy.set_source(random() % 2 == 0 ? "portal" : "state.exchange");
    vacancy.set_post_count(1 + static_cast<int>(random() % 4));
    vacancy.set_days_a_week(static_cast<int>(random() % 8));
    vacancy.set_education_level(std::vector{v1::EDUCATION_LEVEL_UNSPECIFIED,
                                            v1::EDUCATION_LEVEL_UPPER_SECONDARY,
                                            v1::EDUCATION_LEVEL_BACHELOR}[random() % 3]);
    vacancy.set_contract_kind(static_cast<v1::ContractKind>(random() % 8));
    if (random() % 9 == 0) vacancy.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    ASSERT_OK(Create(request));
  }
  ASSERT_OK(Close("vacancies/n3", v1::CLOSE_REASON_FILLED));
  ASSERT_TRUE(testing::IsCounted(connection_));
  const std::string file = testing::FileOf(Labor(), target_, {"vacancies"}, Config());
  EXPECT_EQ(testing::LinesOf(file).front().head().record_kind(), type::v1::RECORD_KIND_REAL);
  // The other table is of all kinds.
  const std::string both =
      testing::FileOf(Labor(), target_, {"record-quality", "vacancies"}, Config());
  EXPECT_EQ(testing::LinesOf(both).front().head().record_kind(), type::v1::RECORD_KIND_UNSPECIFIED);
  std::string all;
  for (int sums = 0; sums < 8; ++sums) {
    absl::StrAppend(&all, sums == 0 ? "" : " UNION ALL ", "SELECT CONCAT_WS(' ', ",
                    (sums & 1) != 0 ? "'_T'" : "state_code", ", ",
                    (sums & 2) != 0 ? "'_T'" : "DATE_FORMAT(offer_date, '%Y-%m')", ", ",
                    (sums & 4) != 0 ? "'_T'"
                                    : "ELT(education_level + 1, '_U', '', '', 'UPPER_SECONDARY',"
                                      " '', '', '', '', 'BACHELOR')",
                    ") AS codes, CONCAT_WS(' ', COUNT(*), SUM(post_count), SUM(verdict = 1),"
                    " SUM(verdict = 2), SUM(verdict = 3), SUM(scian_class = '')) FROM vacancy "
                    "WHERE record_kind = 1 AND state = 1 GROUP BY codes");
  }
  const auto wanted = testing::RowsBy(connection_, all);
  EXPECT_GT(wanted.size(), 15u);
  EXPECT_EQ(testing::RowsOf(file, "vacancies"), wanted);

  // As a database from before levels were counted would be: a migration counts them.
  const auto counted = [&] {
    return testing::RowsBy(connection_,
                           "SELECT CONCAT_WS(' ', cut, measure), CAST(n AS CHAR) FROM counter"
                           " WHERE cut LIKE 'E|%' AND n <> 0");
  };
  const auto as_written = counted();
  EXPECT_GT(as_written.size(), 100u);
  testing::MustExecute(connection_, "DELETE FROM counter WHERE cut LIKE 'E|%'");
  for (const sql::Migration& migration : Labor().migrations) {
    if (migration.component == "labor" && migration.number == 36) {
      testing::MustExecute(connection_, migration.text);
    }
  }
  EXPECT_EQ(counted(), as_written);
}

TEST_F(LaborFigureTables, NameSkills) {
  testing::MustExecute(connection_,
                       "INSERT INTO skill (id, version, label_es, label_en, kind, framework, code,"
                       " source, record_kind, create_time, update_time) VALUES ('welding', 1,"
                       " 'Soldadura', 'Welding', 1, '', '', 'test', 1, NOW(6), NOW(6))");
  const std::string file = testing::FileOf(Labor(), target_, {"skills"}, Config());
  EXPECT_EQ(testing::RowsOf(file, "skills").at("skills/welding"), "1");
  EXPECT_THAT(file, ::testing::HasSubstr(R"("codes":[{"code":"skills/welding","nameEs":)"
                                         R"("Soldadura","nameEn":"Welding"},{"code":"_T")"));
}

TEST_F(LaborFigureTables, SayZeroWhereThereIsNothing) {
  const std::string file = testing::FileOf(Labor(), target_, {"skills", "vacancies"}, Config());
  EXPECT_EQ(testing::RowsOf(file, "vacancies"),
            (std::map<std::string, std::string>{{"_T _T _T", "0 0 0 0 0 0"}}));
  EXPECT_EQ(testing::RowsOf(file, "skills"), (std::map<std::string, std::string>{{"_T", "0"}}));
}

}  // namespace
}  // namespace puente::labor
