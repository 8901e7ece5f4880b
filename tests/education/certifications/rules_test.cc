// On which days certifications hold, and which changes are refused.
#include "modules/education/certifications/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/context/values.h"

namespace puente::education {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::CivilDay January(int day) { return absl::CivilDay(2027, 1, day); }

v1::Certification Certified(int first, int last) {
  v1::Certification certification;
  *certification.mutable_start_date() = ToProto(January(first));
  *certification.mutable_end_date() = ToProto(January(last));
  Begin(certification);
  return certification;
}

v1::Certification From(v1::Certification certification, v1::CertificationState state, int day,
                       void (*change)(v1::Certification&)) {
  certification.set_state(state);
  *certification.mutable_state_date() = ToProto(January(day));
  change(certification);
  return certification;
}
v1::Certification Suspended(const v1::Certification& certification, int day) {
  return From(certification, v1::CERTIFICATION_STATE_SUSPENDED, day, &Stop);
}
v1::Certification Resumed(const v1::Certification& certification, int day) {
  return From(certification, v1::CERTIFICATION_STATE_ACTIVE, day, &GoOn);
}
v1::Certification Withdrawn(const v1::Certification& certification, int day) {
  return From(certification, v1::CERTIFICATION_STATE_WITHDRAWN, day, &Stop);
}
v1::Certification Renewed(v1::Certification certification, int last) {
  const v1::CertificationState state = StateUpToTheEnd(certification);
  *certification.mutable_end_date() = ToProto(January(last));
  Extend(certification, state);
  return certification;
}

// The days of the month on which it holds: "10-14 20-30".
std::string Days(const v1::Certification& certification) {
  std::string days;
  for (int day = 1; day <= 31; ++day) {
    const bool holds = HoldsOn(certification, January(day));
    const bool held = day > 1 && HoldsOn(certification, January(day - 1));
    if (holds && !held) days += (days.empty() ? "" : " ") + std::to_string(day);
    if (holds && (day == 31 || !HoldsOn(certification, January(day + 1)))) {
      days += "-" + std::to_string(day);
    }
  }
  return days;
}

TEST(CertificationDays, AreThoseThatWereDecided) {
  const v1::Certification whole = Certified(10, 20);
  EXPECT_EQ(Days(whole), "10-20") << "first and last days count";
  EXPECT_EQ(Days(Certified(10, 10)), "10-10");
  EXPECT_EQ(Days(Suspended(whole, 15)), "10-14");
  EXPECT_EQ(Days(Suspended(whole, 20)), "10-19");
  EXPECT_EQ(Days(Suspended(whole, 10)), "") << "from its first day on";
  const v1::Certification resumed = Resumed(Suspended(whole, 15), 18);
  EXPECT_EQ(Days(resumed), "10-14 18-20");
  EXPECT_EQ(Days(Resumed(Suspended(whole, 15), 15)), "10-20") << "suspended for no day";
  EXPECT_EQ(Days(Resumed(Suspended(whole, 10), 12)), "12-20");
  EXPECT_EQ(Days(Resumed(Suspended(resumed, 19), 20)), "10-14 18-18 20-20");
  EXPECT_EQ(Days(Suspended(resumed, 18)), "10-14") << "on the day on which it went on";
  EXPECT_EQ(Days(Withdrawn(whole, 12)), "10-11");
  EXPECT_EQ(Days(Withdrawn(resumed, 19)), "10-14 18-18");
  EXPECT_EQ(Days(Withdrawn(Suspended(whole, 15), 17)), "10-14");
  EXPECT_EQ(Days(Renewed(whole, 25)), "10-25");
  EXPECT_EQ(Days(Renewed(resumed, 25)), "10-14 18-25");
  EXPECT_EQ(Days(Renewed(Suspended(whole, 15), 25)), "10-14") << "it is still suspended";
  EXPECT_EQ(Days(Resumed(Renewed(Suspended(whole, 15), 25), 22)), "10-14 22-25");
}

TEST(CertificationDays, OverlapWhereBothMayHold) {
  const v1::Certification whole = Certified(10, 20);
  EXPECT_TRUE(Overlap(whole, Certified(20, 25)));
  EXPECT_TRUE(Overlap(Certified(20, 25), whole));
  EXPECT_TRUE(Overlap(whole, Certified(12, 13)));
  EXPECT_TRUE(Overlap(whole, Certified(1, 31)));
  EXPECT_FALSE(Overlap(whole, Certified(21, 25)));
  EXPECT_FALSE(Overlap(whole, Certified(1, 9)));
  EXPECT_TRUE(Overlap(Suspended(whole, 15), Certified(16, 25))) << "it can be resumed";
  EXPECT_FALSE(Overlap(Withdrawn(whole, 15), Certified(15, 25)));
  EXPECT_TRUE(Overlap(Withdrawn(whole, 15), Certified(14, 25)));
  EXPECT_FALSE(Overlap(Withdrawn(Suspended(whole, 12), 15), Certified(13, 25)));
}

std::vector<std::string> RulesOf(const std::vector<Violation>& violations) {
  std::vector<std::string> rules;
  for (const Violation& violation : violations) rules.emplace_back(violation.rule);
  return rules;
}

// Of a change that was decided on a day of January, at this hour in Mexico City, and counts from
// another.
std::vector<std::string> Refused(const v1::Certification& before, int decided, int from,
                                 const char* utc = "T18:00:00Z") {
  v1::Certification after = before;
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, absl::FormatCivilTime(January(decided)) + utc,
                              &time, &error))
      << error;
  *after.mutable_decision_time() = ToProto(time);
  *after.mutable_state_date() = ToProto(January(from));
  return RulesOf(CheckStateDate(before, after));
}

TEST(CertificationChanges, CountFromTheDayOfTheirDecisionAtTheEarliest) {
  const v1::Certification whole = Certified(10, 20);
  EXPECT_THAT(Refused(whole, 15, 15), IsEmpty());
  EXPECT_THAT(Refused(whole, 15, 20), IsEmpty());
  EXPECT_THAT(Refused(whole, 15, 14), ElementsAre("BEFORE_DECISION"));
  EXPECT_THAT(Refused(whole, 15, 21), ElementsAre("AFTER_LAST_DAY"));
  EXPECT_THAT(Refused(whole, 1, 9), IsEmpty()) << "what lies ahead can be stopped";
  EXPECT_THAT(Refused(Suspended(whole, 18), 12, 17), IsEmpty()) << "sooner than announced";
  EXPECT_EQ(Days(Withdrawn(Suspended(whole, 18), 14)), "10-13");
  EXPECT_EQ(Days(Withdrawn(whole, 5)), "");
}

TEST(CertificationChanges, ResumeFromTheFirstDayOfTheSuspensionOn) {
  const v1::Certification suspended = Suspended(Certified(10, 20), 18);
  const auto refused = [&](int from) {
    v1::Certification after = suspended;
    *after.mutable_state_date() = ToProto(January(from));
    return RulesOf(CheckResumption(suspended, after));
  };
  EXPECT_THAT(refused(17), ElementsAre("BEFORE_STATE"));
  EXPECT_THAT(refused(18), IsEmpty());
}

// What was decided up to the last day is recorded after it.
TEST(CertificationChanges, OfAnExpiredOneGoOnFromWhatItWas) {
  v1::Certification active = Certified(10, 20), suspended = Suspended(Certified(10, 20), 15);
  Expire(active);
  Expire(suspended);
  EXPECT_EQ(active.state(), v1::CERTIFICATION_STATE_EXPIRED);
  EXPECT_EQ(Days(active), "10-20");
  EXPECT_EQ(StateUpToTheEnd(active), v1::CERTIFICATION_STATE_ACTIVE);
  EXPECT_EQ(StateUpToTheEnd(suspended), v1::CERTIFICATION_STATE_SUSPENDED);
  EXPECT_EQ(Days(Renewed(active, 25)), "10-25");
  EXPECT_EQ(Renewed(active, 25).state(), v1::CERTIFICATION_STATE_ACTIVE);
  EXPECT_EQ(Days(Renewed(suspended, 25)), "10-14");
  EXPECT_EQ(Days(Withdrawn(active, 20)), "10-19");
}

TEST(CertificationChanges, OfABodyThatLeavesAreByWhetherItHeldThen) {
  struct Case {
    const char* name;
    v1::Certification certification;
    v1::CertificationState state;
    const char* days;
  };
  const v1::Certification whole = Certified(10, 20);
  for (const Case& c : std::vector<Case>{
           {"it held", whole, v1::CERTIFICATION_STATE_TEACH_OUT, "10-14"},
           {"it was to begin later", Certified(15, 20), v1::CERTIFICATION_STATE_WITHDRAWN, ""},
           {"it was suspended", Suspended(whole, 12), v1::CERTIFICATION_STATE_WITHDRAWN, "10-11"},
           {"it was to be suspended later", Suspended(whole, 17), v1::CERTIFICATION_STATE_TEACH_OUT,
            "10-14"},
           {"it was to be suspended then", Suspended(whole, 15), v1::CERTIFICATION_STATE_WITHDRAWN,
            "10-14"},
           {"it was to be withdrawn later", Withdrawn(whole, 17), v1::CERTIFICATION_STATE_TEACH_OUT,
            "10-14"},
           {"it was over", Certified(10, 13), v1::CERTIFICATION_STATE_EXPIRED, "10-13"}}) {
    SCOPED_TRACE(c.name);
    v1::Certification left = c.certification;
    TeachOut(left, January(15), January(18));
    EXPECT_EQ(left.state(), c.state);
    EXPECT_EQ(Days(left), c.days);
    EXPECT_EQ(left.has_teach_out_date(), c.state == v1::CERTIFICATION_STATE_TEACH_OUT);
  }
}

TEST(CertificationDays, OfATeachOutAreForThoseWhoBeganAndNotThoseOfASuspension) {
  v1::Certification left = Resumed(Suspended(Certified(10, 30), 12), 14);
  TeachOut(left, January(16), January(25));
  EXPECT_EQ(Days(left), "10-11 14-15");
  EXPECT_TRUE(HoldsFor(left, January(10), January(25)));
  EXPECT_FALSE(HoldsFor(left, January(10), January(26)));
  EXPECT_FALSE(HoldsFor(left, January(10), January(13))) << "it was suspended then";
  EXPECT_FALSE(HoldsFor(left, January(12), January(20))) << "nobody began then";
  EXPECT_FALSE(HoldsFor(left, January(16), January(20)));
  // For cause, up to the day before.
  *left.mutable_state_date() = ToProto(January(20));
  Stop(left);
  EXPECT_TRUE(HoldsFor(left, January(10), January(19)));
  EXPECT_FALSE(HoldsFor(left, January(10), January(20)));
}

// What was to hold no more from a day on lets nobody finish from that day on.
TEST(CertificationDays, OfATeachOutEndBeforeWhatWasAnnouncedForLater) {
  for (v1::Certification left :
       {Withdrawn(Certified(10, 30), 20), Suspended(Certified(10, 30), 20)}) {
    SCOPED_TRACE(left.state());
    TeachOut(left, January(15), January(25));
    EXPECT_EQ(ToCivilDay(left.teach_out_date()), January(19));
    EXPECT_TRUE(HoldsFor(left, January(14), January(19)));
    EXPECT_FALSE(HoldsFor(left, January(14), January(20)));
    EXPECT_FALSE(HoldsFor(left, January(15), January(16))) << "nobody begins";
  }
}

TEST(CertificationChanges, AreDecidedOnDaysOfMexicoCity) {
  const v1::Certification whole = Certified(10, 20);
  EXPECT_THAT(Refused(whole, 16, 15, "T05:59:59Z"), IsEmpty()) << "there it is still the 15th";
  EXPECT_THAT(Refused(whole, 16, 15, "T06:00:00Z"), ElementsAre("BEFORE_DECISION"));
}

TEST(CertificationChanges, EndWithTheLastDay) {
  const v1::Certification whole = Certified(10, 20);
  v1::Certification after = whole;
  const auto decided = [&](absl::Time time) {
    *after.mutable_decision_time() = ToProto(time);
    return EndedBefore(whole, after);
  };
  const absl::Time midnight =
      absl::FromCivil(absl::CivilSecond(2027, 1, 21, 6, 0, 0), absl::UTCTimeZone());
  EXPECT_FALSE(decided(midnight - absl::Microseconds(1)));
  EXPECT_TRUE(decided(midnight));
}

TEST(CertificationChanges, RenewToALaterDayAlone) {
  const v1::Certification whole = Certified(10, 20);
  for (const auto& [last, refused] : {std::pair{19, true}, {20, true}, {21, false}}) {
    EXPECT_EQ(!CheckRenewal(whole, Renewed(whole, last)).empty(), refused) << last;
  }
}

TEST(CertificationChanges, RenewWhereTheBodyMayCertifyAll) {
  struct Case {
    std::vector<std::string> held, able;
    bool refused;
  };
  for (const Case& c : std::vector<Case>{{{}, {}, false},
                                         {{}, {"14"}, true},
                                         {{"14"}, {}, false},
                                         {{"14"}, {"11", "14"}, false},
                                         {{"11", "14"}, {"14"}, true}}) {
    v1::Certification before = Certified(10, 20);
    before.mutable_state_codes()->Assign(c.held.begin(), c.held.end());
    v1::Certification after = Renewed(before, 25);
    after.mutable_state_codes()->Assign(c.able.begin(), c.able.end());
    EXPECT_EQ(!CheckRenewal(before, after).empty(), c.refused);
  }
}

TEST(CertificationDecisions, AreNoFutureOnes) {
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  v1::Certification certification;
  const auto refused = [&](int64_t seconds) {
    certification.mutable_decision_time()->set_seconds(seconds);
    return !CheckDecisionTime(certification, now).empty();
  };
  EXPECT_FALSE(refused(1'800'000'000));
  EXPECT_FALSE(refused(1'700'000'000));
  EXPECT_FALSE(refused(1'800'000'000 + 300)) << "clocks differ";
  EXPECT_TRUE(refused(1'800'000'000 + 301));
  EXPECT_TRUE(refused(0));
  EXPECT_TRUE(refused(-9'000'000'000'000));
  EXPECT_TRUE(refused(9'000'000'000'000));
}

}  // namespace
}  // namespace puente::education
