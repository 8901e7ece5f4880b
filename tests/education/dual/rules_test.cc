// Ages and limits of minors, whose turn a plan is, and how its days change it, as tables of cases.
#include "modules/education/dual_plans/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/education/dual_agreements/rules.h"
#include "modules/education/hour_entries/rules.h"

namespace puente::education {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Day = absl::CivilDay;

const Day kToday(2027, 3, 10);
constexpr auto kDraft = v1::DUAL_PLAN_STATE_DRAFT, kAgreed = v1::DUAL_PLAN_STATE_AGREED,
               kRunning = v1::DUAL_PLAN_STATE_RUNNING, kPaused = v1::DUAL_PLAN_STATE_PAUSED,
               kEnded = v1::DUAL_PLAN_STATE_ENDED;

v1::MinorLimit Limit(Day begin, int from, int to, int daily, int weekly, bool consent = true) {
  v1::MinorLimit limit;
  *limit.mutable_begin_date() = ToProto(begin);
  limit.set_from_age(from);
  limit.set_to_age(to);
  limit.set_daily_minutes_most(daily);
  limit.set_weekly_minutes_most(weekly);
  limit.set_guardian_consent(consent ? v1::MINOR_CONSENT_NEEDED : v1::MINOR_CONSENT_NOT_NEEDED);
  return limit;
}

std::string Text(const std::optional<Limits>& limits) {
  if (!limits) return "too young";
  return absl::StrCat(limits->daily_minutes, " ", limits->weekly_minutes,
                      limits->consent_needed ? " consent" : "");
}

// Of a plan from so many days to so many days from today.
v1::DualPlan Plan(v1::DualPlanState state, int first, int last) {
  v1::DualPlan plan;
  plan.set_name("organizations/a/dualPlans/one");
  plan.set_state(state);
  *plan.mutable_begin_date() = ToProto(kToday + first);
  *plan.mutable_end_date() = ToProto(kToday + last);
  v1::DualOutcome& outcome = *plan.add_outcomes();
  outcome.set_outcome(1);
  outcome.set_planned_minutes(60);
  return plan;
}
void Pause(int first, int last, v1::DualPause& pause) {
  *pause.mutable_begin_date() = ToProto(kToday + first);
  *pause.mutable_until_date() = ToProto(kToday + last);
}
absl::Time Noon(int days = 0) { return StartOf(kToday + days) + absl::Hours(12); }

std::vector<std::string> Wrong(const std::vector<Violation>& violations) {
  std::vector<std::string> wrong;
  for (const Violation& one : violations) wrong.push_back(absl::StrCat(one.field, " ", one.rule));
  return wrong;
}

TEST(MinorLimitRules, CountWholeYears) {
  EXPECT_EQ(AgeOn(Day(2010, 3, 10), Day(2027, 3, 9)), 16);
  EXPECT_EQ(AgeOn(Day(2010, 3, 10), Day(2027, 3, 10)), 17);
  EXPECT_EQ(AgeOn(Day(2012, 2, 29), Day(2027, 2, 28)), 14);
  EXPECT_EQ(AgeOn(Day(2012, 2, 29), Day(2027, 3, 1)), 15);
  EXPECT_EQ(AgeOn(Day(2012, 2, 29), Day(2028, 2, 29)), 16);
}

TEST(MinorLimitRules, TakeTheStrictestOfAPlansDays) {
  const std::vector<v1::MinorLimit> limits = {Limit(Day(2026, 1, 1), 15, 15, 300, 1500),
                                              Limit(Day(2026, 1, 1), 16, 17, 360, 1800, false),
                                              Limit(Day(2027, 7, 1), 16, 17, 240, 2000, false)};
  const struct {
    Day birth, first, last;
    std::string expected;
  } cases[] = {
      {Day(1990, 1, 1), Day(2027, 3, 1), Day(2027, 6, 1), "0 0"},
      {Day(2009, 3, 1), Day(2027, 3, 1), Day(2027, 6, 1), "0 0"},       // of age that day
      {Day(2009, 3, 2), Day(2027, 3, 1), Day(2027, 6, 1), "360 1800"},  // a day too young
      {Day(2010, 6, 1), Day(2027, 3, 1), Day(2027, 6, 30), "360 1800"},
      {Day(2010, 6, 1), Day(2027, 3, 1), Day(2027, 7, 1), "240 1800"},  // another limit begins
      {Day(2011, 6, 1), Day(2027, 3, 1), Day(2027, 5, 31), "300 1500 consent"},
      {Day(2011, 6, 1), Day(2027, 3, 1), Day(2027, 6, 1),
       "300 1500 consent"},  // 16 on the last day
      {Day(2012, 3, 1), Day(2027, 3, 1), Day(2027, 6, 1), "300 1500 consent"},
      {Day(2012, 3, 2), Day(2027, 3, 1), Day(2027, 6, 1), "too young"},
      {Day(2010, 6, 1), Day(2025, 12, 31), Day(2026, 2, 1), "too young"},  // no limit counts yet
  };
  for (const auto& [birth, first, last, expected] : cases) {
    EXPECT_EQ(Text(LimitsOf(birth, first, last, limits)), expected) << birth;
  }
  EXPECT_EQ(Text(LimitsOf(Day(2010, 6, 1), Day(2027, 3, 1), Day(2027, 3, 2), {})), "too young");
}

TEST(MinorLimitRules, OfOneFirstDayCountTogether) {
  const Day before(2026, 1, 1), begin(2026, 6, 1);
  // A shorter day, a shorter week and a consent, of three ranges of ages.
  std::vector<v1::MinorLimit> limits = {
      Limit(before, 15, 17, 60, 60), Limit(begin, 15, 17, 360, 1200, false),
      Limit(begin, 15, 15, 240, 1800, false), Limit(begin, 15, 16, 480, 2400, true)};
  const auto of = [&](Day birth) {
    return Text(LimitsOf(birth, Day(2027, 3, 1), Day(2027, 3, 31), limits));
  };
  for (int order = 0; order < 2; ++order) {
    EXPECT_EQ(of(Day(2011, 6, 1)), "240 1200 consent");
    EXPECT_EQ(of(Day(2010, 6, 1)), "360 1200 consent");
    EXPECT_EQ(of(Day(2009, 6, 1)), "360 1200");
    std::reverse(limits.begin(), limits.end());
  }
}

TEST(DualPlanRules, SayWhoseTurnItIs) {
  v1::DualPlan plan = Plan(kDraft, 0, 9);
  SayTurn(plan);
  EXPECT_EQ(plan.turn(), v1::DUAL_PARTY_ORGANIZATION);
  *plan.mutable_organization_accept_time() = ToProto(Noon());
  SayTurn(plan);
  EXPECT_EQ(plan.turn(), v1::DUAL_PARTY_COMPANY);
  EXPECT_EQ(plan.owed_size(), 2);
  *plan.mutable_company_accept_time() = ToProto(Noon());
  SayTurn(plan);
  EXPECT_EQ(plan.turn(), v1::DUAL_PARTY_LEARNER);
  *plan.mutable_confirm_time() = ToProto(Noon());
  SayTurn(plan);
  EXPECT_EQ(plan.turn(), v1::DUAL_PARTY_NOBODY);
  plan.mutable_proposed_change()->set_party(v1::DUAL_PARTY_ORGANIZATION);
  SayTurn(plan);
  EXPECT_EQ(plan.turn(), v1::DUAL_PARTY_COMPANY);
  EXPECT_EQ(plan.owed(0).act(), v1::DUAL_ACT_ANSWER_CHANGE);
  plan.set_state(kEnded);
  SayTurn(plan);
  EXPECT_EQ(plan.turn(), v1::DUAL_PARTY_NOBODY);
}

// All have accepted and confirmed the plan; what then becomes of it by its seat.
TEST(DualPlanRules, AreAgreedAndOwedByTheirSeat) {
  const struct {
    v1::PlaceEnrolmentState seat;
    v1::DualPlanState state;
    v1::DualParty turn;
    bool lost;
  } cases[] = {
      {v1::PLACE_ENROLMENT_STATE_UNSPECIFIED, kAgreed, v1::DUAL_PARTY_NOBODY, false},
      {v1::PLACE_ENROLMENT_STATE_HELD, kDraft, v1::DUAL_PARTY_COMPANY, false},
      {v1::PLACE_ENROLMENT_STATE_CONFIRMED, kAgreed, v1::DUAL_PARTY_NOBODY, false},
      {v1::PLACE_ENROLMENT_STATE_STARTED, kAgreed, v1::DUAL_PARTY_NOBODY, false},
      {v1::PLACE_ENROLMENT_STATE_COMPLETED, kAgreed, v1::DUAL_PARTY_NOBODY, false},
      {v1::PLACE_ENROLMENT_STATE_RELEASED, kDraft, v1::DUAL_PARTY_ORGANIZATION, true},
      {v1::PLACE_ENROLMENT_STATE_NO_SHOW, kDraft, v1::DUAL_PARTY_ORGANIZATION, true},
      {v1::PLACE_ENROLMENT_STATE_BROKEN_OFF, kDraft, v1::DUAL_PARTY_ORGANIZATION, true},
      {v1::PLACE_ENROLMENT_STATE_REFUSED, kDraft, v1::DUAL_PARTY_ORGANIZATION, true},
  };
  for (const auto& [seat, state, turn, lost] : cases) {
    v1::DualPlan plan = Plan(kDraft, 1, 9);
    *plan.mutable_organization_accept_time() = ToProto(Noon());
    *plan.mutable_company_accept_time() = ToProto(Noon());
    *plan.mutable_confirm_time() = ToProto(Noon());
    plan.set_seat_state(seat);
    Advance(Noon(), plan);
    SayTurn(plan);
    EXPECT_EQ(plan.state(), state) << seat;
    EXPECT_EQ(plan.turn(), turn) << seat;
    EXPECT_EQ(HasLostSeat(plan), lost) << seat;
    plan.set_state(kRunning);
    SayTurn(plan);
    EXPECT_EQ(plan.turn(), turn) << seat;
  }
}

TEST(DualPlanRules, TakeTheSeatThatHasTheirDaysAndIsFurthestAlong) {
  const v1::DualPlan plan = Plan(kDraft, 0, 9);
  const auto seat = [](const std::string& id, v1::PlaceEnrolmentState state, int first, int last) {
    v1::PlaceEnrolment one;
    one.set_name(id);
    one.set_state(state);
    *one.mutable_start_date() = ToProto(kToday + first);
    *one.mutable_end_date() = ToProto(kToday + last);
    return one;
  };
  const auto held = seat("held", v1::PLACE_ENROLMENT_STATE_HELD, 0, 9),
             confirmed = seat("confirmed", v1::PLACE_ENROLMENT_STATE_CONFIRMED, -1, 10),
             shorter = seat("shorter", v1::PLACE_ENROLMENT_STATE_STARTED, 1, 9),
             over = seat("over", v1::PLACE_ENROLMENT_STATE_COMPLETED, 0, 9);
  EXPECT_EQ(SeatOf(plan, {}), nullptr);
  EXPECT_EQ(SeatOf(plan, {over}), nullptr);
  const auto taken = [&](const std::vector<v1::PlaceEnrolment>& seats) {
    return SeatOf(plan, seats)->name();
  };
  EXPECT_EQ(taken({over, shorter}), "shorter") << "to be told its days";
  EXPECT_EQ(taken({shorter, held}), "held");
  EXPECT_EQ(taken({shorter, confirmed, held}), "confirmed");
  EXPECT_THAT(Wrong(CheckStay(plan, shorter)), ElementsAre("dual_plan.begin_date OUTSIDE_STAY"));
  EXPECT_THAT(Wrong(CheckStay(plan, held)), IsEmpty());
}

TEST(DualPlanRules, TurnWithTheirDays) {
  const struct {
    v1::DualPlanState state;
    int first, last, until;
    v1::DualPlanState expected;
  } cases[] = {
      {kDraft, -5, 5, 0, kDraft},   {kAgreed, 1, 5, 0, kAgreed},    {kAgreed, 0, 5, 0, kRunning},
      {kAgreed, -9, -1, 0, kEnded}, {kRunning, -5, 0, 0, kRunning}, {kRunning, -5, -1, 0, kEnded},
      {kPaused, -5, 5, 0, kPaused}, {kPaused, -5, 5, -1, kRunning}, {kPaused, -5, -1, -1, kEnded},
      {kEnded, -5, 5, 0, kEnded},
  };
  for (const auto& [state, first, last, until, expected] : cases) {
    v1::DualPlan plan = Plan(state, first, last);
    if (state == kPaused) Pause(-3, until, *plan.mutable_pause());
    const bool due = TurnsAt(plan) <= Noon();
    EXPECT_EQ(due, state != expected) << state << first << last;
    Advance(Noon(), plan);
    EXPECT_EQ(plan.state(), expected) << state << first << last;
    EXPECT_EQ(plan.has_pause(), expected == kPaused);
    EXPECT_LT(Noon(), TurnsAt(plan));
  }
}

TEST(DualPlanRules, KeepPausesThatTookADay) {
  v1::DualPlan plan = Plan(kPaused, -20, 20);
  Pause(-3, 5, *plan.mutable_pause());
  EndPause(kToday, plan);
  ASSERT_EQ(plan.pauses_size(), 1);
  EXPECT_EQ(ToCivilDay(plan.pauses(0).until_date()), kToday - 1);
  EXPECT_EQ(PauseOn(plan, kToday), nullptr);
  EXPECT_NE(PauseOn(plan, kToday - 3), nullptr);
  EXPECT_EQ(PauseOn(plan, kToday - 4), nullptr);
  Pause(0, 5, *plan.mutable_pause());
  EXPECT_NE(PauseOn(plan, kToday + 5), nullptr);
  EndPause(kToday, plan);
  EXPECT_EQ(plan.pauses_size(), 1) << "today it began";
}

TEST(DualPlanRules, KeepTheDaysThatWere) {
  v1::DualPlan plan = Plan(kRunning, -5, 5);
  EXPECT_EQ(LastDayOf(plan), kToday + 5);
  plan.set_state(kEnded);
  *plan.mutable_end_time() = ToProto(Noon());
  EXPECT_EQ(LastDayOf(plan), std::nullopt) << "never agreed";
  *plan.mutable_agree_time() = ToProto(Noon(-6));
  EXPECT_EQ(LastDayOf(plan), kToday);
  *plan.mutable_begin_date() = ToProto(kToday + 1);
  EXPECT_EQ(LastDayOf(plan), std::nullopt) << "it never began";
}

TEST(DualPlanRules, WantSomethingOfAChange) {
  v1::DualPlanChange change;
  EXPECT_THAT(Wrong(CheckChange(change, kToday)), ElementsAre("proposed_change NOTHING_CHANGES"));
  *change.mutable_end_date() = ToProto(kToday - 1);
  change.set_tutor("boxw310820hnerxn09");
  EXPECT_THAT(
      Wrong(CheckChange(change, kToday)),
      ElementsAre("proposed_change.end_date END_OVER", "proposed_change.tutor ID_OF_PERSON"));
  change.set_tutor("t-2");
  *change.mutable_end_date() = ToProto(kToday);
  EXPECT_THAT(Wrong(CheckChange(change, kToday)), IsEmpty());
  v1::DualPlan plan = Plan(kRunning, -5, 5);
  plan.set_instructor("i-1");
  Apply(change, plan);
  EXPECT_EQ(plan.tutor(), "t-2");
  EXPECT_EQ(plan.instructor(), "i-1");
  EXPECT_EQ(ToCivilDay(plan.end_date()), kToday);
  EXPECT_EQ(plan.outcomes_size(), 1);
}

TEST(HourEntryRules, AreOfOneSide) {
  v1::HourEntry entry;
  entry.set_claimed_by(v1::DUAL_PARTY_COMPANY);
  EXPECT_TRUE(CheckOwn(entry, v1::DUAL_PARTY_COMPANY).ok());
  EXPECT_FALSE(CheckOwn(entry, v1::DUAL_PARTY_ORGANIZATION).ok());
  EXPECT_TRUE(CheckOfOther(entry, v1::DUAL_PARTY_ORGANIZATION).ok());
  EXPECT_FALSE(CheckOfOther(entry, v1::DUAL_PARTY_COMPANY).ok());
  EXPECT_EQ(PlanOfEntry("organizations/a/dualPlans/one/hourEntries/e"),
            "organizations/a/dualPlans/one");
}

}  // namespace
}  // namespace puente::education
