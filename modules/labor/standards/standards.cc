#include "modules/labor/standards/standards.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/names/text.h"
#include "modules/labor/errors.h"
#include "modules/labor/standards/municipalities.h"

namespace puente::labor::rules {
namespace {

constexpr int kMinutesAWeek = 7 * 24 * 60;

absl::Status Unusable(absl::string_view what, const google::protobuf::Message& row) {
  return Error(error::kInvalidStandards,
               "problem"_is(absl::StrCat(what, ": ", row.ShortDebugString())));
}

// The last that began on or before the day.
template <class Dated>
const Dated* InForce(const std::vector<Dated>& dated, absl::CivilDay day) {
  const auto after =
      std::upper_bound(dated.begin(), dated.end(), day,
                       [](absl::CivilDay d, const Dated& entry) { return d < entry.from; });
  return after == dated.begin() ? nullptr : &*std::prev(after);
}

// Sorts by day; false if two begin on the same.
template <class Dated>
bool SortByDay(std::vector<Dated>& dated) {
  std::sort(dated.begin(), dated.end(),
            [](const Dated& a, const Dated& b) { return a.from < b.from; });
  return std::adjacent_find(dated.begin(), dated.end(), [](const Dated& a, const Dated& b) {
           return a.from == b.from;
         }) == dated.end();
}

}  // namespace

absl::StatusOr<Standards> Standards::From(const v1::Standards& standards) {
  Standards result;
  for (const v1::MinimumWage& wage : standards.minimum_wages()) {
    const auto from = ToDay(wage.effective_date());
    const bool known = wage.zone() == v1::WAGE_ZONE_GENERAL || wage.zone() == v1::WAGE_ZONE_BORDER;
    if (!from || !known || wage.daily_centavos() <= 0 || wage.daily_centavos() > kMostCentavos) {
      return Unusable("minimum wage", wage);
    }
    (wage.zone() == v1::WAGE_ZONE_GENERAL ? result.general_ : result.border_)
        .push_back({*from, wage.daily_centavos(), wage.source()});
  }
  for (const v1::WeeklyHoursLimit& limit : standards.weekly_hours_limits()) {
    const auto from = ToDay(limit.effective_date());
    if (!from || limit.weekly_minutes() <= 0 || limit.weekly_minutes() > kMinutesAWeek) {
      return Unusable("weekly hours limit", limit);
    }
    result.limits_.push_back({*from, limit.weekly_minutes(), limit.source()});
  }
  for (const v1::BorderMunicipality& border : standards.border_municipalities()) {
    const auto from = ToDay(border.effective_date());
    if (!from || border.state_code().size() != 2) return Unusable("border municipality", border);
    BorderState& state = result.states_[border.state_code()];
    if (!state.municipalities.emplace(Fold(border.municipality()), *from).second) {
      return Unusable("border municipality named twice", border);
    }
    state.earliest = state.municipalities.size() == 1 ? *from : std::min(state.earliest, *from);
  }
  if (!SortByDay(result.general_) || !SortByDay(result.border_) || !SortByDay(result.limits_)) {
    return Error(error::kInvalidStandards, "problem"_is("two numbers of a kind for one day"));
  }
  return result;
}

const DatedWage* Standards::WageOn(v1::WageZone zone, absl::CivilDay day) const {
  const std::vector<DatedWage>& wages = zone == v1::WAGE_ZONE_BORDER ? border_ : general_;
  // Each year has its own: that of a year to come isn't known from the last one.
  if (!wages.empty() && day.year() > wages.back().from.year()) return nullptr;
  return InForce(wages, day);
}

const DatedLimit* Standards::WeeklyLimitOn(absl::CivilDay day) const {
  return InForce(limits_, day);
}

Zones Standards::ZonesOf(absl::string_view state_code, absl::string_view municipality,
                         absl::CivilDay day) const {
  const auto found = states_.find(state_code);
  if (found == states_.end() || day < found->second.earliest) return {.general = true};
  const auto& municipalities = found->second.municipalities;
  const auto in_zone = [&](absl::string_view folded) {
    const auto entry = municipalities.find(folded);
    return entry != municipalities.end() && entry->second <= day;
  };
  if (in_zone("")) return {.border = true};  // the whole state
  if (in_zone(Fold(municipality))) return {.border = true};
  const std::optional<std::string> known = FindMunicipality(state_code, municipality);
  if (!known) return {.general = true, .border = true};
  if (in_zone(*known)) return {.border = true};
  return {.general = true};
}

}  // namespace puente::labor::rules
