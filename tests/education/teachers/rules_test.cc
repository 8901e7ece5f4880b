// When trainings count, what they must say, and what is told of shares, as tables of cases.
#include "modules/education/teachers/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "modules/education/teacher_rules/rules.h"
#include "modules/education/teacher_trainings/rules.h"

namespace puente::education {
namespace {

std::string Wrong(const std::vector<Violation>& violations) {
  std::string wrong;
  for (const Violation& each : violations) absl::StrAppend(&wrong, each.field, " ", each.rule, ";");
  return wrong;
}

TEST(TeacherRuleRules, SaySinceWhenTrainingsCount) {
  v1::TeacherRule rule;
  rule.set_valid_years(3);
  using Day = absl::CivilDay;
  EXPECT_EQ(FirstDayThatCounts(rule, Day(2027, 5, 31)), Day(2024, 5, 31));
  EXPECT_EQ(FirstDayThatCounts(rule, Day(2027, 2, 28)), Day(2024, 2, 28));
  EXPECT_EQ(FirstDayThatCounts(rule, Day(2027, 3, 1)), Day(2024, 3, 1));
  EXPECT_EQ(FirstDayThatCounts(rule, Day(2028, 2, 29)), Day(2025, 3, 1));
}

TEST(TeacherTrainingRules, SayWhatATrainingMustSay) {
  const absl::CivilDay today(2027, 3, 10);
  v1::TeacherTraining course;
  course.set_kind(v1::TRAINING_KIND_COURSE);
  course.set_hours(48);
  course.set_provider("CONALEP");
  *course.mutable_begin_date() = ToProto(today - 1);
  *course.mutable_end_date() = ToProto(today);
  EXPECT_EQ(Wrong(CheckTraining(course, "t")), "");
  course.set_name("organizations/utt/teacherTrainings/one");
  course.set_teacher("organizations/utt/teachers/ana");
  EXPECT_EQ(Wrong(CheckNew(course, today)), "");
  EXPECT_EQ(Wrong(CheckNew(course, today - 1)), "teacher_training.end_date AFTER_TODAY;");
  course.set_teacher("organizations/uaq/teachers/ana");
  EXPECT_EQ(Wrong(CheckNew(course, today)), "teacher_training.teacher OF_ANOTHER_ORGANIZATION;");
  course.set_hours(49);
  EXPECT_EQ(Wrong(CheckTraining(course, "t")), "t.hours MORE_HOURS_THAN_DAYS;");
  course.set_hours(48);
  course.set_company("companies/acme");
  EXPECT_EQ(Wrong(CheckTraining(course, "t")), "t.company OF_STAYS_ONLY;");
  v1::TeacherTraining stay = course;
  stay.set_kind(v1::TRAINING_KIND_STAY_IN_COMPANY);
  EXPECT_EQ(Wrong(CheckTraining(stay, "t")), "t.provider OF_COURSES_ONLY;");
  stay.clear_provider();
  EXPECT_EQ(Wrong(CheckTraining(stay, "t")), "");
  stay.clear_company();
  EXPECT_EQ(Wrong(CheckTraining(stay, "t")), "t.company REQUIRED;");
}

TEST(TeacherCoverageRules, TellWhatMayBeTold) {
  struct Case {
    std::vector<TeacherShare> shares;
    bool may_know_all;
    std::string told;
  };
  const Case cases[] = {
      {{}, true, "NONE 0/0"},
      {{}, false, "NONE 0/0"},
      {{{3, 1}}, true, "SHOWN 1/3 3333"},
      {{{3, 2}}, true, "SHOWN 2/3 6667"},
      {{{9, 9}}, false, "HIDDEN"},
      {{{10, 0}}, false, "SHOWN 0/10 0"},
      {{{16, 1}}, false, "SHOWN 1/16 625"},
      {{{10, 10}, {9, 0}}, false, "SHOWN 10/10 10000"},  // the sum less the one tells the other
      {{{10, 10}, {9, 0}}, true, "SHOWN 10/19 5263"},
      {{{9, 1}, {9, 0}}, false, "HIDDEN"},
      {{{20'000, 1}}, true, "SHOWN 1/20000 1"},  // halves up
      {{{20'001, 1}}, true, "SHOWN 1/20001 0"},
  };
  for (const Case& each : cases) {
    const auto answer = TellCoverage(each.shares, each.may_know_all);
    std::string told = v1::TeacherCoverageState_Name(answer.state()).substr(23);
    if (answer.has_teacher_count()) {
      absl::StrAppend(&told, " ", answer.up_to_date_count(), "/", answer.teacher_count());
    }
    if (answer.has_share_basis_points()) absl::StrAppend(&told, " ", answer.share_basis_points());
    EXPECT_EQ(told, each.told);
  }
}

}  // namespace
}  // namespace puente::education
