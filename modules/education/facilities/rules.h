// When a facility is open, and what that and its bookings say of one another.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "common/status/violation.h"
#include "puente/education/v1/facility.pb.h"

namespace puente::education {

// Seats are counted for each quarter of an hour, by its number in the day.
inline constexpr int kSlotMinutes = 15;
inline constexpr int kDayMinutes = 24 * 60;
// Most days that are asked about at once.
inline constexpr int kMostDaysAsked = 31;

// NOT_QUARTER_HOUR for a minute of the day that is none, which stands at the path.
std::vector<Violation> CheckQuarter(int minute, const std::string& path);
// NOT_QUARTER_HOUR or NOT_AFTER_START of two minutes of a day.
std::vector<Violation> CheckSpan(int start, int end, const std::string& start_path,
                                 const std::string& end_path);
// What is wrong with a facility in itself: its hours, and OF_ANOTHER_ORGANIZATION of its campus.
std::vector<Violation> CheckFacility(const v1::Facility& facility, const std::string& path);
// TOO_MANY_DAYS.
std::vector<Violation> CheckDaysAsked(const v1::GetFacilityUseRequest& request);

// Whether it opens on a day, whatever its state.
bool IsOpenOn(const v1::Facility& facility, absl::CivilDay day);

// By the clock, from midnight on.
inline int MinuteOfDay(absl::CivilMinute minute) { return minute.hour() * 60 + minute.minute(); }

// From one minute of a day to another.
struct DayPart {
  absl::CivilDay day;
  int start_minute = 0;
  int end_minute = kDayMinutes;
};

// Whether whatever is booked before stays possible after, without a look at it.
bool KeepsBookings(const v1::Facility& before, const v1::Facility& after);
// The first part of days, in each of which something is booked from the start to the end, that
// falls out of when the facility is open. What is booked in it contradicts the facility.
std::optional<DayPart> FirstLeftOut(const v1::Facility& facility, absl::Span<const DayPart> booked);

// Seats that are used, by day and slot; none where nothing stands.
using Use = std::map<std::pair<absl::CivilDay, int>, int>;
// How many seats are free when the facility is open on these days, as few intervals as say it.
std::vector<v1::FreeSeats> FreeIntervals(const v1::Facility& facility, absl::CivilDay first,
                                         absl::CivilDay last, const Use& use);

// "08:15" of 495.
std::string ClockText(int minute);

}  // namespace puente::education
