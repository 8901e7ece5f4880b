#include "modules/education/minor_limits/rules.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

// The one that counts for an age on a day: the last that has begun by then, of several the
// strictest; null if there is none.
const v1::MinorLimit* LimitOn(int age, absl::CivilDay day,
                              const std::vector<v1::MinorLimit>& limits) {
  const v1::MinorLimit* found = nullptr;
  for (const v1::MinorLimit& limit : limits) {
    const absl::CivilDay begin = ToCivilDay(limit.begin_date());
    if (age < limit.from_age() || limit.to_age() < age || day < begin) continue;
    const absl::CivilDay other = found == nullptr ? begin - 1 : ToCivilDay(found->begin_date());
    if (other < begin ||
        (other == begin && limit.daily_minutes_most() < found->daily_minutes_most())) {
      found = &limit;
    }
  }
  return found;
}

int Stricter(int one, int other) { return one == 0 ? other : std::min(one, other); }

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
    const v1::MinorLimit* limit = LimitOn(age, day, limits);
    if (limit == nullptr) return std::nullopt;
    strictest.daily_minutes = Stricter(strictest.daily_minutes, limit->daily_minutes_most());
    strictest.weekly_minutes = Stricter(strictest.weekly_minutes, limit->weekly_minutes_most());
    strictest.consent_needed |= limit->guardian_consent() == v1::MINOR_CONSENT_NEEDED;
  }
  return strictest;
}

}  // namespace puente::education
