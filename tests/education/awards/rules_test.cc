// Rules of enrolments, assessments and awards that need no database.
#include "modules/education/awards/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/education/award_rules/rules.h"
#include "modules/education/ids.h"

namespace puente::education {
namespace {

using ::testing::IsNull;
using ::testing::NotNull;

constexpr absl::CivilDay kDay(2027, 3, 1);

v1::AwardRule Rule(absl::CivilDay begin, int hours_a_day, int least_days = 0) {
  v1::AwardRule rule;
  rule.set_name(absl::FormatCivilTime(begin));
  *rule.mutable_begin_date() = ToProto(begin);
  rule.set_most_hours_a_day(hours_a_day);
  rule.set_least_days(least_days);
  return rule;
}

TEST(AwardRules, CountUntilTheNextBegins) {
  const std::vector<v1::AwardRule> rules = {Rule(kDay + 10, 8), Rule(kDay, 8)};
  EXPECT_THAT(RuleOn({}, kDay), IsNull());
  EXPECT_THAT(RuleOn(rules, kDay - 1), IsNull());
  EXPECT_EQ(RuleOn(rules, kDay), &rules[1]);
  EXPECT_EQ(RuleOn(rules, kDay + 9), &rules[1]);
  EXPECT_EQ(RuleOn(rules, kDay + 10), &rules[0]);
}

TEST(AwardRules, AskForTheDaysThatTheWorkloadTakes) {
  EXPECT_EQ(LeastDays(Rule(kDay, 10), 100), 9) << "the tenth day is nine days after the first";
  EXPECT_EQ(LeastDays(Rule(kDay, 10), 101), 10);
  EXPECT_EQ(LeastDays(Rule(kDay, 10), 10), 0);
  EXPECT_EQ(LeastDays(Rule(kDay, 10), 1), 0);
  EXPECT_EQ(LeastDays(Rule(kDay, 10), 0), 0);
  EXPECT_EQ(LeastDays(Rule(kDay, 10, 5), 20), 5);
  EXPECT_EQ(LeastDays(Rule(kDay, 10, 5), 100), 9);
}

TEST(IdsOfRecords, AreNoCurp) {
  for (const char* id : {"boxw310820hnerxn09", "BOXW310820HNERXN09", "boxw310820hnerxn03",
                         "a-boxw310820hnerxn09", "boxw310820hnerxn09.1"}) {
    EXPECT_TRUE(CheckIdOfRecord(id).has_value()) << id;
  }
  for (const char* id : {"e-1", "2027-001", "123e4567-e89b-42d3-a456-426614174000",
                         "boxw310820hnerxn", "boxw311320hnerxn09"}) {
    EXPECT_FALSE(CheckIdOfRecord(id).has_value()) << id;
  }
}

TEST(Awards, EndAtMidnightAfterTheirLastDay) {
  v1::Award award;
  award.set_state(v1::AWARD_STATE_ISSUED);
  EXPECT_EQ(OverFrom(award), absl::InfiniteFuture());
  *award.mutable_end_date() = ToProto(kDay);
  EXPECT_EQ(OverFrom(award), StartOf(kDay + 1));
  award.set_state(v1::AWARD_STATE_SUSPENDED);
  EXPECT_EQ(OverFrom(award), StartOf(kDay + 1));
  for (const v1::AwardState state :
       {v1::AWARD_STATE_REVOKED, v1::AWARD_STATE_REPLACED, v1::AWARD_STATE_EXPIRED}) {
    award.set_state(state);
    EXPECT_EQ(OverFrom(award), absl::InfiniteFuture());
  }
}

TEST(Awards, RestOnTheRvoeUnderWhichTheyBegan) {
  v1::Rvoe rvoe;
  rvoe.set_program("programs/p");
  rvoe.set_campus("organizations/a/campuses/north");
  *rvoe.mutable_start_date() = ToProto(kDay);
  *rvoe.mutable_end_date() = ToProto(kDay + 10);
  *rvoe.mutable_finish_by() = ToProto(kDay + 100);
  v1::Enrolment enrolment;
  enrolment.set_program(rvoe.program());
  enrolment.set_campus(rvoe.campus());
  *enrolment.mutable_begin_date() = ToProto(kDay + 10);
  EXPECT_THAT(CoveringFor({rvoe}, enrolment, kDay + 100), NotNull());
  EXPECT_THAT(CoveringFor({rvoe}, enrolment, kDay + 101), IsNull());
  *enrolment.mutable_begin_date() = ToProto(kDay + 11);
  EXPECT_THAT(CoveringFor({rvoe}, enrolment, kDay + 100), IsNull());
  *enrolment.mutable_begin_date() = ToProto(kDay + 10);
  enrolment.set_program("programs/q");
  EXPECT_THAT(CoveringFor({rvoe}, enrolment, kDay + 100), IsNull());
}

TEST(Awards, RestOnTheCertificationThatBeganFirst) {
  const auto certification = [](const char* name, absl::CivilDay first, absl::CivilDay last) {
    v1::Certification made;
    made.set_name(name);
    *made.mutable_start_date() = ToProto(first);
    v1::CertifiedPeriod& period = *made.add_periods();
    *period.mutable_start_date() = ToProto(first);
    *period.mutable_end_date() = ToProto(last);
    return made;
  };
  const std::vector<v1::Certification> all = {certification("b", kDay, kDay + 10),
                                              certification("a", kDay, kDay + 20),
                                              certification("c", kDay - 5, kDay + 1)};
  EXPECT_EQ(HoldingFor(all, kDay, kDay, "21"), &all[2]);
  EXPECT_EQ(HoldingFor(all, kDay, kDay + 5, "21"), &all[1]);
  EXPECT_THAT(HoldingFor(all, kDay, kDay + 21, "21"), IsNull());
  std::vector<v1::Certification> elsewhere = {all[0]};
  elsewhere[0].add_state_codes("09");
  EXPECT_THAT(HoldingFor(elsewhere, kDay, kDay, "21"), IsNull());
  EXPECT_THAT(HoldingFor(elsewhere, kDay, kDay, "09"), NotNull());
}

}  // namespace
}  // namespace puente::education
