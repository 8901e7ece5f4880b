#include "modules/education/facilities/rules.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"

namespace puente::education {
namespace {

using google::protobuf::util::MessageDifferencer;

v1::Weekday WeekdayOf(absl::CivilDay day) {
  // absl counts from Monday, 0, as the contract does from 1.
  return static_cast<v1::Weekday>(static_cast<int>(absl::GetWeekday(day)) + 1);
}

bool HasWeekday(const v1::Facility& facility, v1::Weekday weekday) {
  return absl::c_linear_search(facility.weekdays(), weekday);
}

std::vector<Violation> CheckOwnCampus(const v1::Facility& facility, const std::string& path) {
  if (facility.campus().empty()) return {};
  absl::string_view owner = facility.owner();
  absl::ConsumePrefix(&owner, "organization/");
  if (OrganizationOf(facility.campus()) == absl::StrCat("organizations/", owner)) return {};
  return {Against(rule::kOfAnotherOrganization, "organization"_is(facility.owner()))
              .At(absl::StrCat(path, ".campus"))
              .Reading({absl::StrCat(path, ".owner")})};
}

void Append(std::vector<Violation> more, std::vector<Violation>& violations) {
  for (Violation& violation : more) violations.push_back(std::move(violation));
}

int UsedIn(const Use& use, absl::CivilDay day, int slot) {
  const auto found = use.find({day, slot});
  return found == use.end() ? 0 : found->second;
}

}  // namespace

std::vector<Violation> CheckQuarter(int minute, const std::string& path) {
  if (minute % kSlotMinutes == 0) return {};
  return {Against(rule::kNotQuarterHour).At(path)};
}

std::vector<Violation> CheckSpan(int start, int end, const std::string& start_path,
                                 const std::string& end_path) {
  std::vector<Violation> violations = CheckQuarter(start, start_path);
  Append(CheckQuarter(end, end_path), violations);
  if (end <= start) {
    violations.push_back(
        Against(rule::kNotAfterStart, "start"_is(start)).At(end_path).Reading({start_path}));
  }
  return violations;
}

std::vector<Violation> CheckFacility(const v1::Facility& facility, const std::string& path) {
  std::vector<Violation> violations =
      CheckSpan(facility.opens_minute(), facility.closes_minute(),
                absl::StrCat(path, ".opens_minute"), absl::StrCat(path, ".closes_minute"));
  Append(CheckOwnCampus(facility, path), violations);
  return violations;
}

std::vector<Violation> CheckDaysAsked(const v1::GetFacilityUseRequest& request) {
  const absl::CivilDay first = ToCivilDay(request.begin_date()),
                       last = ToCivilDay(request.end_date());
  if (last - first < kMostDaysAsked) return {};
  return {Against(rule::kTooManyDays, "most"_is(kMostDaysAsked))
              .At("end_date")
              .Reading({"begin_date"})};
}

bool IsOpenOn(const v1::Facility& facility, absl::CivilDay day) {
  if (!HasWeekday(facility, WeekdayOf(day))) return false;
  return absl::c_none_of(facility.closures(), [&](const v1::FacilityClosure& closure) {
    return ToCivilDay(closure.begin_date()) <= day && day <= ToCivilDay(closure.end_date());
  });
}

bool KeepsBookings(const v1::Facility& before, const v1::Facility& after) {
  const bool keeps_weekdays = absl::c_all_of(before.weekdays(), [&](int weekday) {
    return HasWeekday(after, static_cast<v1::Weekday>(weekday));
  });
  const bool keeps_closures =
      after.closures_size() == before.closures_size() &&
      std::equal(before.closures().begin(), before.closures().end(), after.closures().begin(),
                 [](const auto& one, const auto& other) {
                   return MessageDifferencer::Equals(one.begin_date(), other.begin_date()) &&
                          MessageDifferencer::Equals(one.end_date(), other.end_date());
                 });
  return before.capacity() <= after.capacity() && after.opens_minute() <= before.opens_minute() &&
         before.closes_minute() <= after.closes_minute() && keeps_weekdays && keeps_closures;
}

std::optional<DayPart> FirstLeftOut(const v1::Facility& facility,
                                    absl::Span<const DayPart> booked) {
  for (const DayPart& part : booked) {
    if (!IsOpenOn(facility, part.day)) return DayPart{part.day, 0, kDayMinutes};
    if (part.start_minute < facility.opens_minute()) {
      return DayPart{part.day, 0, facility.opens_minute()};
    }
    if (facility.closes_minute() < part.end_minute) {
      return DayPart{part.day, facility.closes_minute(), kDayMinutes};
    }
  }
  return std::nullopt;
}

std::vector<v1::FreeSeats> FreeIntervals(const v1::Facility& facility, absl::CivilDay first,
                                         absl::CivilDay last, const Use& use) {
  std::vector<v1::FreeSeats> intervals;
  for (absl::CivilDay day = first; day <= last; ++day) {
    if (!IsOpenOn(facility, day)) continue;
    bool joins = false;  // the interval before, which is one of this day
    for (int minute = facility.opens_minute(); minute < facility.closes_minute();
         minute += kSlotMinutes) {
      // Of hours that are over more may be used than there are seats now.
      const int free = std::max(0, facility.capacity() - UsedIn(use, day, minute / kSlotMinutes));
      if (!joins || intervals.back().free() != free) {
        v1::FreeSeats& next = intervals.emplace_back();
        *next.mutable_day() = ToProto(day);
        next.set_start_minute(minute);
        next.set_free(free);
        joins = true;
      }
      intervals.back().set_end_minute(minute + kSlotMinutes);
    }
  }
  return intervals;
}

std::string ClockText(int minute) { return absl::StrFormat("%02d:%02d", minute / 60, minute % 60); }

}  // namespace puente::education
