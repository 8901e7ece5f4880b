#include "modules/education/teaching/rules.h"

#include <algorithm>
#include <array>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/names/text.h"

namespace puente::education::teaching {
namespace {

// Comes before whatever a municipality or a name may have in it.
constexpr char kBetween = '\x1f';
constexpr int kStates = 32;

// What comes after all that begins with it.
std::string After(std::string prefix) {
  ++prefix.back();
  return prefix;
}

std::string StateBefore(absl::string_view state_code) {
  return absl::StrCat(state_code, std::string(1, kBetween));
}

// Without what is empty.
void Add(v1::SiteNearness nearness, std::string first, std::string end,
         std::vector<PlaceRange>& ranges) {
  if (first < end) ranges.push_back({nearness, std::move(first), std::move(end)});
}

// A state, its near municipality first.
void AddNearState(const v1::FindTeachingRequest& request, std::vector<PlaceRange>& ranges) {
  const std::string state = StateBefore(request.near_state_code());
  if (request.near_municipality().empty()) {
    return Add(v1::SITE_NEARNESS_SAME_STATE, state, After(state), ranges);
  }
  const std::string here = PlaceBefore(request.near_state_code(), request.near_municipality());
  Add(v1::SITE_NEARNESS_SAME_MUNICIPALITY, here, After(here), ranges);
  Add(v1::SITE_NEARNESS_SAME_STATE, state, here, ranges);
  Add(v1::SITE_NEARNESS_SAME_STATE, After(here), After(state), ranges);
}

}  // namespace

std::string PlaceBefore(absl::string_view state_code, absl::string_view municipality) {
  return absl::StrCat(StateBefore(state_code), Fold(municipality), std::string(1, kBetween));
}

std::string PlaceOf(absl::string_view state_code, absl::string_view municipality,
                    absl::string_view site) {
  return absl::StrCat(PlaceBefore(state_code, municipality), site);
}

std::string SiteOf(absl::string_view place) {
  return std::string(place.substr(place.rfind(kBetween) + 1));
}

std::vector<PlaceRange> RangesOf(const v1::FindTeachingRequest& request) {
  std::vector<std::string> states(request.state_codes().begin(), request.state_codes().end());
  absl::c_sort(states);
  const std::string& near = request.near_state_code();
  std::vector<PlaceRange> ranges;
  if (!near.empty() && (states.empty() || absl::c_binary_search(states, near))) {
    AddNearState(request, ranges);
  }
  const v1::SiteNearness nearness =
      near.empty() ? v1::SITE_NEARNESS_UNSPECIFIED : v1::SITE_NEARNESS_OTHER_STATE;
  if (states.empty()) {
    const std::string first = StateBefore("01"),
                      end = After(StateBefore(absl::StrFormat("%02d", kStates)));
    if (near.empty()) {
      Add(nearness, first, end, ranges);
    } else {
      Add(nearness, first, StateBefore(near), ranges);
      Add(nearness, After(StateBefore(near)), end, ranges);
    }
  }
  for (const std::string& state : states) {
    if (state == near) continue;
    Add(nearness, StateBefore(state), After(StateBefore(state)), ranges);
  }
  return ranges;
}

Days DaysOf(absl::string_view period) {
  int year = 0;
  // The contract says of which form it is.
  (void)absl::SimpleAtoi(period.substr(0, 4), &year);
  if (period.size() == 4) return {absl::CivilDay(year, 1, 1), absl::CivilDay(year, 12, 31)};
  return {absl::CivilDay(year, 8, 1), absl::CivilDay(year + 1, 7, 31)};
}

std::vector<v1::ProgramSeats> SeatsAt(const v1::ProgramVersion& version, absl::string_view campus,
                                      absl::CivilDay today) {
  std::vector<v1::ProgramSeats> seats;
  for (const v1::ProgramSeats& one : version.seats()) {
    if (one.campus() == campus && today <= DaysOf(one.period()).last) seats.push_back(one);
  }
  absl::c_stable_sort(seats, [](const auto& a, const auto& b) {
    return DaysOf(a.period()).first < DaysOf(b.period()).first;
  });
  return seats;
}

std::optional<absl::CivilDay> NextStart(const std::vector<v1::ProgramSeats>& seats,
                                        absl::CivilDay day) {
  for (const v1::ProgramSeats& one : seats) {
    const absl::CivilDay first = DaysOf(one.period()).first;
    if (one.seats() > 0 && day <= first) return first;
  }
  return std::nullopt;
}

}  // namespace puente::education::teaching
