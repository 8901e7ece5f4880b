// Tables of figures of Education: what is told is what the rows come to, and what few have is not.
#include <gmock/gmock.h>

#include <random>

#include "absl/strings/str_split.h"
#include "common/releases/reading.h"
#include "modules/education/coverage/cuts.h"
#include "modules/education/seat_statistics/cuts.h"
#include "tests/education/award_releases/releasing.h"
#include "tests/testing/extracts.h"

namespace puente::education {
namespace {

using puente::testing::FileOf;
using puente::testing::MustCount;
using puente::testing::MustExecute;
using puente::testing::RowsOf;
using testing::Learned;

class EducationFigureTables : public testing::Releasing {
 protected:
  void AddVersion(const std::string& id) {
    MustExecute(
        other_,
        absl::StrCat("INSERT INTO microcredential_version (microcredential, number, version,"
                     " state, title_es, title_en, country_code, awarding_body, issue_date,"
                     " outcomes, workload_hours, level, assessment_type, participation_form,"
                     " quality_assurance, source, record_kind, publish_time, create_time,"
                     " update_time) VALUES ('",
                     id, "', 1, 1, 2, 'Soldadura ", id,
                     "', '', 'MX', 'I', '2024-01-01', '', 40, '', 1, 1, '', 'test', 1, NOW(6),"
                     " NOW(6), NOW(6))"));
  }
};

TEST_F(EducationFigureTables, SayWhatIsToldOfAwards) {
  std::mt19937 random(20261130);
  for (const char* id : {"m", "n", "few"}) AddVersion(id);
  const std::vector<std::string> states = {"09", "21"};
  int person = 0;
  for (int i = 0; i < 12; ++i) {
    AddMany(8 + static_cast<int>(random() % 12),
            {.version = i % 2 == 0 ? "m" : "n",
             .state = states[random() % 2],
             .sex = 1 + static_cast<int>(random() % 2),
             .begin = absl::CivilDay(2025, 1 + 3 * static_cast<int>(random() % 3), 2)},
            person);
    person += 20;
  }
  AddMany(3, {.version = "few"}, person);
  AddMany(15, {.issued_after = -1}, person + 10);
  Release();
  const std::string file = FileOf(Education(), target_, {"award-counts", "award-waiting"});
  const auto rows = RowsOf(file, "award-counts");
  int told = 0;
  for (const auto& [codes, figure] : rows) {
    if (figure == "-") continue;
    ++told;
    const std::vector<std::string> code = absl::StrSplit(codes, ' ');
    std::string where = "TRUE";
    if (code[0] != "_T") absl::StrAppend(&where, " AND microcredential_version = '", code[0], "'");
    if (code[1] != "_T") absl::StrAppend(&where, " AND state_code = '", code[1], "'");
    if (code[2] != "_T") {
      const auto quarter = releases::QuarterOf(code[2]);
      absl::StrAppend(&where, " AND issue_date BETWEEN '", absl::FormatCivilTime(quarter.first),
                      "' AND '", absl::FormatCivilTime(quarter.last), "'");
    }
    if (code[3] != "_T") absl::StrAppend(&where, " AND sex = ", code[3] == "F" ? 1 : 2);
    EXPECT_EQ(figure, absl::StrCat(MustCount(
                          other_, absl::StrCat("SELECT COUNT(*) FROM award WHERE ", where))))
        << codes;
  }
  EXPECT_GT(told, 5);
  EXPECT_EQ(rows.at("microcredentials/few/versions/1 _T _T _T"), "-");
  EXPECT_EQ(rows.at("_T 32 _T _T"), "-") << "nobody, which is not said";
  EXPECT_EQ(rows.at("_T _T _T X"), "-");
  const auto waiting = RowsOf(file, "award-waiting");
  EXPECT_EQ(waiting.at("_T _T AWARD"), "15");
  EXPECT_EQ(waiting.at("_T _T RESULT"), "-");
  for (const auto& line : puente::testing::LinesOf(file)) {
    if (line.code_list().code_list() != "CL_VERSION") continue;
    EXPECT_EQ(line.code_list().codes(0).name_es(), "Soldadura few (versión 1)");
    EXPECT_EQ(line.code_list().codes(0).name_en(), "Soldadura few (version 1)");
  }
}

TEST_F(EducationFigureTables, SayHowManySeatsTeachASkill) {
  const std::string cycle = seats::SchoolCycle(LegalDay(absl::Now()));
  const auto count = [&](const std::string& state, const std::string& skill, int n, int programs) {
    for (const auto& [measure, value] :
         {std::pair(seats::kSeats, n), {seats::kPrograms, programs}}) {
      MustExecute(other_,
                  absl::StrCat("INSERT INTO counter (cut, measure, n) VALUES ('",
                               seats::CutOf(type::v1::RECORD_KIND_REAL, {cycle, state, skill}),
                               "', ", measure, ", ", value, ")"));
    }
  };
  count("11", "welding", 40, 2);
  count("*", "welding", 47, 3);
  count("-", "welding", 7, 1);
  count("*", "*", 60, 4);
  count("*", "-", 13, 1);
  EXPECT_EQ(RowsOf(FileOf(Education(), target_, {"teaching"}), "teaching"),
            (std::map<std::string, std::string>{{"skills/welding 11", "40 2"},
                                                {"skills/welding _T", "47 3"},
                                                {"skills/welding _U", "7 1"},
                                                {"_T _T", "60 4"},
                                                {"_U _T", "13 1"}}));
}

TEST_F(EducationFigureTables, SayWhereCertifiersAreMissing) {
  const auto count = [&](const coverage::Cell& asked, int measure, int n) {
    MustExecute(other_, absl::StrCat("INSERT INTO counter (cut, measure, n) VALUES ('",
                                     coverage::AskedCut(type::v1::RECORD_KIND_REAL, asked), "', ",
                                     measure, ", ", n, ")"));
  };
  count({"*", "*", "*"}, coverage::kPublished, 9);
  count({"*", "*", "*"}, coverage::kUncertified, 4);
  count({"*", "*", "automotive"}, coverage::kPublished, 5);
  count({"-", "*", "*"}, coverage::kPublished, 2);
  count({"mnc:4", "11", "*"}, coverage::kPublished, 7);
  EXPECT_EQ(
      RowsOf(FileOf(Education(), target_, {"certification-coverage"}), "certification-coverage"),
      (std::map<std::string, std::string>{
          {"_T _T", "9 4"}, {"_U _T", "2 0"}, {"mnc:4 11", "7 0"}}));
}

}  // namespace
}  // namespace puente::education
