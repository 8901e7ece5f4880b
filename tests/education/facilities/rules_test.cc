// When facilities are open, what bookings must say and what weeks hold, as tables of cases.
#include "modules/education/facilities/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/education/facility_bookings/rules.h"
#include "modules/education/sharing_agreements/rules.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using puente::testing::HasReason;
using puente::testing::IsOk;

const absl::CivilDay kMonday(2027, 3, 8);

absl::Time At(absl::CivilDay day, int hour, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(day.year(), day.month(), day.day(), hour, minute),
                         MexicoCity());
}

// Monday to Friday from 8 to 18, for 10; closed on the Wednesday and Thursday of the second week.
v1::Facility Workshop() {
  v1::Facility facility;
  facility.set_name("facilities/w");
  facility.set_owner("organization/utt");
  facility.set_capacity(10);
  facility.set_opens_minute(480);
  facility.set_closes_minute(1080);
  for (const int day : {1, 2, 3, 4, 5}) facility.add_weekdays(static_cast<v1::Weekday>(day));
  v1::FacilityClosure& closure = *facility.add_closures();
  *closure.mutable_begin_date() = ToProto(kMonday + 9);
  *closure.mutable_end_date() = ToProto(kMonday + 10);
  return facility;
}

v1::FacilityBooking Booking(int first, int last, int start = 600, int end = 720, int seats = 5) {
  v1::FacilityBooking booking;
  booking.set_name("facilityBookings/b");
  booking.set_facility("facilities/w");
  *booking.mutable_begin_date() = ToProto(kMonday + first);
  *booking.mutable_end_date() = ToProto(kMonday + last);
  booking.set_start_minute(start);
  booking.set_end_minute(end);
  booking.set_seats(seats);
  return booking;
}

std::string Wrong(const std::vector<Violation>& violations) {
  std::string wrong;
  for (const Violation& each : violations) absl::StrAppend(&wrong, each.field, " ", each.rule, ";");
  return wrong;
}

TEST(FacilityRules, SayWhatAFacilityMustSay) {
  v1::Facility facility = Workshop();
  EXPECT_EQ(Wrong(CheckFacility(facility, "facility")), "");
  facility.set_campus("organizations/utt/campuses/one");
  EXPECT_EQ(Wrong(CheckFacility(facility, "facility")), "");
  facility.set_campus("organizations/uaq/campuses/one");
  EXPECT_EQ(Wrong(CheckFacility(facility, "facility")), "facility.campus OF_ANOTHER_ORGANIZATION;");
  facility = Workshop();
  facility.set_owner("company/utt");
  facility.set_campus("organizations/utt/campuses/one");
  EXPECT_EQ(Wrong(CheckFacility(facility, "facility")), "facility.campus OF_ANOTHER_ORGANIZATION;");
  facility = Workshop();
  facility.set_opens_minute(481);
  facility.set_closes_minute(470);
  EXPECT_EQ(Wrong(CheckFacility(facility, "facility")),
            "facility.opens_minute NOT_QUARTER_HOUR;facility.closes_minute NOT_QUARTER_HOUR;"
            "facility.closes_minute NOT_AFTER_START;");
  facility.set_opens_minute(480);
  facility.set_closes_minute(480);
  EXPECT_EQ(Wrong(CheckFacility(facility, "facility")), "facility.closes_minute NOT_AFTER_START;");
}

TEST(FacilityRules, KnowOpenDays) {
  const v1::Facility facility = Workshop();
  std::string open;
  for (int day = 0; day < 14; ++day) open += IsOpenOn(facility, kMonday + day) ? 'o' : '-';
  EXPECT_EQ(open, "ooooo--oo--o--");
}

TEST(FacilityRules, FindWhatIsLeftOut) {
  const v1::Facility facility = Workshop();
  struct Case {
    std::vector<DayPart> booked;
    std::string found;
  };
  const auto day = [](int days, int start, int end) { return DayPart{kMonday + days, start, end}; };
  const Case cases[] = {
      {{}, ""},
      {{day(0, 480, 1080)}, ""},
      {{day(0, 480, 1080), day(5, 600, 615)}, "5 0-1440"},     // a Saturday
      {{day(9, 600, 615)}, "9 0-1440"},                        // closed
      {{day(1, 465, 600)}, "1 0-480"},                         // too early
      {{day(1, 600, 1095)}, "1 1080-1440"},                    // too late
      {{day(1, 600, 1095), day(5, 600, 615)}, "1 1080-1440"},  // the first
  };
  for (const Case& each : cases) {
    const auto found = FirstLeftOut(facility, each.booked);
    EXPECT_EQ(
        found ? absl::StrCat(found->day - kMonday, " ", found->start_minute, "-", found->end_minute)
              : "",
        each.found);
  }
}

TEST(FacilityRules, KnowWhatKeepsBookings) {
  const v1::Facility before = Workshop();
  const auto keeps = [&](const auto& change) {
    v1::Facility after = before;
    change(after);
    return KeepsBookings(before, after);
  };
  EXPECT_TRUE(keeps([](v1::Facility&) {}));
  EXPECT_TRUE(keeps([](v1::Facility& after) { after.set_capacity(11); }));
  EXPECT_TRUE(keeps([](v1::Facility& after) { after.set_opens_minute(0); }));
  EXPECT_TRUE(keeps([](v1::Facility& after) { after.set_closes_minute(1440); }));
  EXPECT_TRUE(keeps([](v1::Facility& after) { after.add_weekdays(v1::WEEKDAY_SUNDAY); }));
  EXPECT_TRUE(keeps([](v1::Facility& after) { after.mutable_closures(0)->set_reason_es("x"); }));
  EXPECT_FALSE(keeps([](v1::Facility& after) { after.set_capacity(9); }));
  EXPECT_FALSE(keeps([](v1::Facility& after) { after.set_opens_minute(495); }));
  EXPECT_FALSE(keeps([](v1::Facility& after) { after.set_closes_minute(1065); }));
  EXPECT_FALSE(keeps([](v1::Facility& after) { after.mutable_weekdays()->RemoveLast(); }));
  EXPECT_FALSE(keeps([](v1::Facility& after) {
    *after.mutable_closures(0)->mutable_end_date() = ToProto(kMonday + 11);
  }));
}

TEST(FacilityRules, SayFreeSeatsInFewIntervals) {
  const v1::Facility facility = Workshop();
  const Use use = {{{kMonday, 40}, 4},     {{kMonday, 41}, 4},      {{kMonday, 42}, 10},
                   {{kMonday + 1, 40}, 0}, {{kMonday + 2, 40}, 12},  // from when there were more
                   {{kMonday + 5, 40}, 3}};
  std::string text;
  for (const v1::FreeSeats& one : FreeIntervals(facility, kMonday - 1, kMonday + 6, use)) {
    absl::StrAppend(&text, ToCivilDay(one.day()) - kMonday, " ", ClockText(one.start_minute()), "-",
                    ClockText(one.end_minute()), " ", one.free(), "\n");
  }
  EXPECT_EQ(text,
            "0 08:00-10:00 10\n0 10:00-10:30 6\n0 10:30-10:45 0\n0 10:45-18:00 10\n"
            "1 08:00-18:00 10\n2 08:00-10:00 10\n2 10:00-10:15 0\n2 10:15-18:00 10\n"
            "3 08:00-18:00 10\n4 08:00-18:00 10\n");
}

TEST(FacilityRules, AskAboutAMonthAtMost) {
  v1::GetFacilityUseRequest request;
  *request.mutable_begin_date() = ToProto(kMonday);
  *request.mutable_end_date() = ToProto(kMonday + 30);
  EXPECT_EQ(Wrong(CheckDaysAsked(request)), "");
  *request.mutable_end_date() = ToProto(kMonday + 31);
  EXPECT_EQ(Wrong(CheckDaysAsked(request)), "end_date TOO_MANY_DAYS;");
}

TEST(FacilityBookingRules, SayWhatABookingMustSay) {
  const std::string at = "facility_booking.";
  struct Case {
    v1::FacilityBooking booking;
    std::string wrong;
  };
  const Case cases[] = {
      {Booking(0, 0), ""},
      {Booking(0, 4), ""},
      {Booking(1, 1, 480, 1080, 10), ""},
      {Booking(0, 0, 540, 555), ""},  // begins now
      {Booking(0, 0, 525, 555), "begin_date BEFORE_NOW;"},
      {Booking(-3, -3), "begin_date BEFORE_NOW;"},
      {Booking(1, 1, 605, 720), "start_minute NOT_QUARTER_HOUR;"},
      {Booking(1, 1, 600, 721), "end_minute NOT_QUARTER_HOUR;"},
      {Booking(1, 1, 600, 600), "end_minute NOT_AFTER_START;"},
      {Booking(1, 1, 465, 600), "start_minute OUTSIDE_HOURS;"},
      {Booking(1, 1, 600, 1095), "end_minute OUTSIDE_HOURS;"},
      {Booking(5, 5), "begin_date CLOSED_ON_DAY;"},  // a Saturday
      {Booking(4, 7), "end_date CLOSED_ON_DAY;"},    // over a weekend
      {Booking(8, 11), "end_date CLOSED_ON_DAY;"},   // across closed days
      {Booking(10, 11), "begin_date CLOSED_ON_DAY;"},
      {Booking(0, 7), "end_date TOO_MANY_DAYS;"},
      {Booking(366, 367), "end_date TOO_FAR_AHEAD;"},
      {Booking(365, 366), ""},
      {Booking(1, 1, 600, 720, 11), "seats SEATS_OVER_CAPACITY;"},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.booking.ShortDebugString());
    EXPECT_EQ(Wrong(CheckBooking(each.booking, Workshop(), At(kMonday, 9))),
              each.wrong.empty() ? "" : at + each.wrong);
  }
}

TEST(FacilityBookingRules, LetOnlyWhatIsToComeBeCancelled) {
  EXPECT_THAT(CheckNotBegun(Booking(1, 3), At(kMonday + 1, 9, 59)), IsOk());
  EXPECT_THAT(CheckNotBegun(Booking(1, 3), At(kMonday + 1, 10)), HasReason("BOOKING_BEGUN"));
}

TEST(FacilityBookingRules, CountMinutesOfAWeek) {
  EXPECT_EQ(MondayOf(kMonday), kMonday);
  EXPECT_EQ(MondayOf(kMonday + 6), kMonday);
  EXPECT_EQ(MondayOf(kMonday + 7), kMonday + 7);
  const std::vector<BookedTime> times = {TimeOf(Booking(-1, 1)), TimeOf(Booking(2, 2, 600, 615)),
                                         TimeOf(Booking(6, 8)), TimeOf(Booking(7, 7))};
  EXPECT_EQ(MinutesOfWeek(times, kMonday), 2 * 120 + 15 + 120);
  EXPECT_EQ(MinutesOfWeek(times, kMonday - 7), 120);
  EXPECT_EQ(MinutesOfWeek(times, kMonday + 7), 2 * 120 + 120);
  EXPECT_EQ(MinutesOfWeek({}, kMonday), 0);
}

v1::SharingAgreement Agreement(int first, int last, v1::SharingAgreementState state) {
  v1::SharingAgreement agreement;
  agreement.set_name("sharingAgreements/a");
  agreement.set_guest("organization/uaq");
  *agreement.mutable_begin_date() = ToProto(kMonday + first);
  *agreement.mutable_end_date() = ToProto(kMonday + last);
  agreement.set_state(state);
  return agreement;
}

TEST(SharingAgreementRules, EndByTheirLastDay) {
  constexpr auto kOffered = v1::SHARING_AGREEMENT_STATE_OFFERED,
                 kInForce = v1::SHARING_AGREEMENT_STATE_IN_FORCE,
                 kRefused = v1::SHARING_AGREEMENT_STATE_REFUSED,
                 kEnded = v1::SHARING_AGREEMENT_STATE_ENDED;
  for (const auto state : {kOffered, kInForce}) {
    v1::SharingAgreement agreement = Agreement(0, 5, state);
    EXPECT_EQ(EndsAt(agreement), StartOf(kMonday + 6));
    EXPECT_THAT(CheckNotOver(agreement, kMonday + 5), IsOk());
    EXPECT_THAT(CheckNotOver(agreement, kMonday + 6), HasReason("SHARING_OVER"));
    Expire(StartOf(kMonday + 6), agreement);
    EXPECT_EQ(agreement.state(), kEnded);
    EXPECT_EQ(agreement.end_cause(), v1::SHARING_END_CAUSE_EXPIRED);
    EXPECT_TRUE(agreement.has_end_time());
    EXPECT_EQ(EndsAt(agreement), absl::InfiniteFuture());
  }
  EXPECT_EQ(EndsAt(Agreement(0, 5, kRefused)), absl::InfiniteFuture());
  EXPECT_EQ(Wrong(CheckOffer(Agreement(0, 0, kOffered), Workshop(), kMonday)), "");
  EXPECT_EQ(Wrong(CheckOffer(Agreement(-3, -1, kOffered), Workshop(), kMonday)),
            "sharing_agreement.end_date LAST_DAY_PAST;");
  v1::SharingAgreement own = Agreement(0, 5, kOffered);
  own.set_guest("organization/utt");
  EXPECT_EQ(Wrong(CheckOffer(own, Workshop(), kMonday)), "sharing_agreement.guest GUEST_IS_HOST;");
}

}  // namespace
}  // namespace puente::education
