#include "modules/economy/training_places/matching.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "common/context/values.h"
#include "common/names/text.h"

namespace puente::economy {
namespace {

bool Teaches(const v1::TrainingPlace& place, const std::string& skill) {
  return absl::c_linear_search(place.skills(), skill);
}

}  // namespace

v1::Nearness NearnessOf(const v1::PlaceProfile& profile, const v1::TrainingPlace& place) {
  if (profile.state_code() != place.state_code()) return v1::NEARNESS_OTHER_STATE;
  const bool same =
      !profile.municipality().empty() && Fold(profile.municipality()) == Fold(place.municipality());
  return same ? v1::NEARNESS_SAME_MUNICIPALITY : v1::NEARNESS_SAME_STATE;
}

int FirstMet(const v1::PlaceProfile& profile, const v1::TrainingPlace& place) {
  for (int i = 0; i < profile.skills_size(); ++i) {
    if (Teaches(place, profile.skills(i))) return i;
  }
  return -1;
}

std::vector<v1::PlaceMiss> MissesOf(const v1::PlaceProfile& profile, const v1::TrainingPlace& place,
                                    int free) {
  std::vector<v1::PlaceMiss> misses;
  const auto check = [&](bool fits, v1::PlaceMiss miss) {
    if (!fits) misses.push_back(miss);
  };
  const bool joined = place.state() == v1::TRAINING_PLACE_STATE_JOINED;
  check(!joined, v1::PLACE_MISS_JOINED);
  check(joined || place.state() == v1::TRAINING_PLACE_STATE_OPEN, v1::PLACE_MISS_NOT_OPEN);
  check(ToCivilDay(place.start_date()) <= ToCivilDay(profile.start_date()),
        v1::PLACE_MISS_BEGINS_LATER);
  check(ToCivilDay(profile.end_date()) <= ToCivilDay(place.end_date()), v1::PLACE_MISS_ENDS_BEFORE);
  check(std::max(profile.seat_count(), 1) <= free, v1::PLACE_MISS_SEATS_TAKEN);
  check(profile.weekly_hours() == 0 || place.weekly_hours() <= profile.weekly_hours(),
        v1::PLACE_MISS_MORE_HOURS);
  check(FirstMet(profile, place) >= 0, v1::PLACE_MISS_NO_SKILL);
  return misses;
}

v1::PlaceMatch MatchOf(const v1::PlaceProfile& profile, const v1::TrainingPlace& place, int free) {
  v1::PlaceMatch match;
  *match.mutable_training_place() = place;
  match.set_nearness(NearnessOf(profile, place));
  for (const std::string& skill : profile.skills()) {
    (Teaches(place, skill) ? match.add_met_skills() : match.add_missing_skills())->assign(skill);
  }
  for (const v1::PlaceMiss miss : MissesOf(profile, place, free)) match.add_misses(miss);
  return match;
}

}  // namespace puente::economy
