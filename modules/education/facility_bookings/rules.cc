#include "modules/education/facility_bookings/rules.h"

#include <algorithm>
#include <string>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/education/errors.h"
#include "modules/education/facilities/rules.h"

namespace puente::education {
namespace {

constexpr char kStart[] = "facility_booking.start_minute";
constexpr char kEnd[] = "facility_booking.end_minute";
constexpr char kFirst[] = "facility_booking.begin_date";
constexpr char kLast[] = "facility_booking.end_date";

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

void CheckHours(const v1::FacilityBooking& booking, const v1::Facility& facility,
                std::vector<Violation>& violations) {
  const auto outside = [&](const char* field) {
    violations.push_back(Against(rule::kOutsideHours,
                                 "opens"_is(ClockText(facility.opens_minute())),
                                 "closes"_is(ClockText(facility.closes_minute())))
                             .At(field));
  };
  if (booking.start_minute() < facility.opens_minute()) outside(kStart);
  if (facility.closes_minute() < booking.end_minute()) outside(kEnd);
}

void CheckDays(const v1::FacilityBooking& booking, const v1::Facility& facility, absl::Time now,
               std::vector<Violation>& violations) {
  const absl::CivilDay first = ToCivilDay(booking.begin_date()),
                       last = ToCivilDay(booking.end_date()), furthest = LegalDay(now) + kDaysAhead;
  if (BeginsAt(booking) < now) {
    violations.push_back(Against(rule::kBeforeNow).At(kFirst).Reading({kStart}));
  }
  if (kMostDaysBooked <= last - first) {
    violations.push_back(
        Against(rule::kTooManyDays, "most"_is(kMostDaysBooked)).At(kLast).Reading({kFirst}));
    return;
  }
  if (furthest < last) {
    violations.push_back(Against(rule::kTooFarAhead, "last"_is(Text(furthest))).At(kLast));
  }
  for (absl::CivilDay day = first; day <= last; ++day) {
    if (IsOpenOn(facility, day)) continue;
    violations.push_back(Against(rule::kClosedOnDay, "day"_is(Text(day)))
                             .At(day == first ? kFirst : kLast)
                             .Reading({kFirst}));
    return;
  }
}

}  // namespace

std::vector<Violation> CheckBooking(const v1::FacilityBooking& booking,
                                    const v1::Facility& facility, absl::Time now) {
  std::vector<Violation> violations =
      CheckSpan(booking.start_minute(), booking.end_minute(), kStart, kEnd);
  CheckHours(booking, facility, violations);
  CheckDays(booking, facility, now, violations);
  if (facility.capacity() < booking.seats()) {
    violations.push_back(Against(rule::kSeatsOverCapacity, "capacity"_is(facility.capacity()))
                             .At("facility_booking.seats"));
  }
  return violations;
}

absl::Time BeginsAt(const v1::FacilityBooking& booking) {
  // By the hour that clocks show, whatever days of 23 or 25 hours there were.
  const absl::CivilDay day = ToCivilDay(booking.begin_date());
  return absl::FromCivil(absl::CivilMinute(day) + booking.start_minute(), MexicoCity());
}

absl::Status CheckNotBegun(const v1::FacilityBooking& booking, absl::Time now) {
  if (now < BeginsAt(booking)) return absl::OkStatus();
  return Error(error::kBookingBegun, "name"_is(booking.name()),
               "day"_is(Text(ToCivilDay(booking.begin_date()))),
               "time"_is(ClockText(booking.start_minute())));
}

BookedTime TimeOf(const v1::FacilityBooking& booking) {
  return {ToCivilDay(booking.begin_date()), ToCivilDay(booking.end_date()),
          booking.end_minute() - booking.start_minute()};
}

absl::CivilDay MondayOf(absl::CivilDay day) {
  return day - static_cast<int>(absl::GetWeekday(day));  // which counts from Monday, 0
}

int MinutesOfWeek(absl::Span<const BookedTime> times, absl::CivilDay monday) {
  int minutes = 0;
  for (const BookedTime& time : times) {
    const absl::CivilDay first = std::max(time.first, monday),
                         last = std::min(time.last, monday + 6);
    if (first <= last) minutes += static_cast<int>(last - first + 1) * time.minutes;
  }
  return minutes;
}

}  // namespace puente::education
