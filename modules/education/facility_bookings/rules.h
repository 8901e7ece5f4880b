// What holds for bookings of facilities, whoever stores them.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/status/violation.h"
#include "puente/education/v1/facility.pb.h"
#include "puente/education/v1/facility_booking.pb.h"

namespace puente::education {

// Most days of one booking, and days from today on within which it must lie.
inline constexpr int kMostDaysBooked = 7;
inline constexpr int kDaysAhead = 366;

// Of a new one: NOT_QUARTER_HOUR, NOT_AFTER_START, TOO_MANY_DAYS, TOO_FAR_AHEAD, BEFORE_NOW,
// OUTSIDE_HOURS, CLOSED_ON_DAY, SEATS_OVER_CAPACITY.
std::vector<Violation> CheckBooking(const v1::FacilityBooking& booking,
                                    const v1::Facility& facility, absl::Time now);

// When it begins on its first day.
absl::Time BeginsAt(const v1::FacilityBooking& booking);
// BOOKING_BEGUN.
absl::Status CheckNotBegun(const v1::FacilityBooking& booking, absl::Time now);

// Which days for how long of each.
struct BookedTime {
  absl::CivilDay first, last;
  int minutes = 0;  // of each day
};
BookedTime TimeOf(const v1::FacilityBooking& booking);
// The Monday of the week in which a day is.
absl::CivilDay MondayOf(absl::CivilDay day);
// How many minutes of the week that begins on a Monday are booked.
int MinutesOfWeek(absl::Span<const BookedTime> times, absl::CivilDay monday);

}  // namespace puente::education
