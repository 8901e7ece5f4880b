#include "modules/education/minor_limits/rules.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

int Stricter(int one, int other) { return one == 0 ? other : std::min(one, other); }

// Has both count, of each number the stricter.
void Tighten(Limits& limits, const Limits& other) {
  limits.daily_minutes = Stricter(limits.daily_minutes, other.daily_minutes);
  limits.weekly_minutes = Stricter(limits.weekly_minutes, other.weekly_minutes);
  limits.consent_needed |= other.consent_needed;
}

// What counts for an age on a day: the last limit that has begun by then, of several of one first
// day all of them; nothing if there is none.
std::optional<Limits> LimitsOn(int age, absl::CivilDay day,
                               const std::vector<v1::MinorLimit>& limits) {
  std::optional<Limits> found;
  absl::CivilDay last;
  for (const v1::MinorLimit& limit : limits) {
    const absl::CivilDay begin = ToCivilDay(limit.begin_date());
    if (age < limit.from_age() || limit.to_age() < age || day < begin) continue;
    if (found.has_value() && begin < last) continue;
    if (!found.has_value() || last < begin) found.emplace();
    last = begin;
    Tighten(*found, {limit.daily_minutes_most(), limit.weekly_minutes_most(),
                     limit.guardian_consent() == v1::MINOR_CONSENT_NEEDED});
  }
  return found;
}

}  // namespace

std::vector<Violation> CheckAges(const v1::MinorLimit& limit, const std::string& under) {
  if (limit.from_age() <= limit.to_age()) return {};
  return {Against(rule::kAgesReversed)
              .At(absl::StrCat(under, ".to_age"))
              .Reading({absl::StrCat(under, ".from_age")})};
}

int AgeOn(absl::CivilDay birth, absl::CivilDay day) {
  const absl::CivilDay birthday(day.year(), birth.month(), birth.day());
  return static_cast<int>(day.year() - birth.year()) - (day < birthday ? 1 : 0);
}

std::optional<Limits> LimitsOf(absl::CivilDay birth, absl::CivilDay first, absl::CivilDay last,
                               const std::vector<v1::MinorLimit>& limits) {
  // What counts changes with a birthday and with the first day of a limit.
  std::set<absl::CivilDay> days = {first};
  for (int age = 1; age < kOfAge; ++age) {
    days.insert(absl::CivilDay(birth.year() + age, birth.month(), birth.day()));
  }
  for (const v1::MinorLimit& limit : limits) days.insert(ToCivilDay(limit.begin_date()));
  Limits strictest;
  for (const absl::CivilDay day : days) {
    if (day < first || last < day) continue;
    const int age = AgeOn(birth, day);
    if (age >= kOfAge) continue;
    const std::optional<Limits> counting = LimitsOn(age, day, limits);
    if (!counting) return std::nullopt;
    Tighten(strictest, *counting);
  }
  return strictest;
}

}  // namespace puente::education
