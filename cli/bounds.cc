#include "cli/bounds.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format.h"
#include "common/context/values.h"

namespace puente::cli {
namespace {

using google::type::Date;

using labor::v1::VacancyStatistics;

using Day = std::tuple<int, int, int>;  // year, month, day

struct Dated {
  Day from;
  int64_t value;
};

struct Period {
  Day first;
  Day last;
};

Day Order(const Date& date) { return {date.year(), date.month(), date.day()}; }

// The months with offers, from the first offer to the last.
std::vector<Period> PeriodsOf(const VacancyStatistics& counted) {
  std::vector<Period> periods;
  for (const Date& month : counted.offer_months()) {
    periods.push_back(
        {std::max(Order(counted.first_offer_date()), Day(month.year(), month.month(), 1)),
         std::min(Order(counted.last_offer_date()), Day(month.year(), month.month(), 31))});
  }
  return periods;
}

// Those in force on some day of the periods.
std::vector<int64_t> InForce(std::vector<Dated> dated, const std::vector<Period>& periods) {
  std::sort(dated.begin(), dated.end(),
            [](const Dated& a, const Dated& b) { return a.from < b.from; });
  std::vector<int64_t> values;
  for (size_t i = 0; i < dated.size(); ++i) {
    const auto in_force = [&](const Period& period) {
      const bool ended = i + 1 < dated.size() && dated[i + 1].from <= period.first;
      return dated[i].from <= period.last && !ended;
    };
    if (std::any_of(periods.begin(), periods.end(), in_force)) values.push_back(dated[i].value);
  }
  return values;
}

bool HasZone(const VacancyStatistics& counted, labor::v1::WageZone zone) {
  const auto& zones = counted.wage_zones();
  return std::find(zones.begin(), zones.end(), zone) != zones.end();
}

// The first whole centavo that passes: monthly × 12 ≥ 2 × daily × 365.
google::type::Money LowestMonthly(int64_t daily_centavos) {
  const int64_t centavos = (2 * daily_centavos * 365 + 11) / 12;
  return Pesos(centavos);
}

template <class Text>
std::string Range(const std::vector<int64_t>& values, Language language, Text text) {
  if (values.empty()) return "";
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  if (*low == *high) return text(*low);
  return absl::StrCat(text(*low), " ", In(language, label::kTo), " ", text(*high));
}

}  // namespace

std::string WageBounds(const labor::v1::Standards& standards, const VacancyStatistics& counted,
                       Language language) {
  std::vector<std::string> parts;
  for (const auto& [zone, name] : {std::pair(labor::v1::WAGE_ZONE_GENERAL, label::kZoneGeneral),
                                   std::pair(labor::v1::WAGE_ZONE_BORDER, label::kZoneBorder)}) {
    if (!HasZone(counted, zone)) continue;
    std::vector<Dated> dated;
    for (const labor::v1::MinimumWage& wage : standards.minimum_wages()) {
      if (wage.zone() == zone)
        dated.push_back({Order(wage.effective_date()), wage.daily_centavos()});
    }
    const std::string range = Range(InForce(std::move(dated), PeriodsOf(counted)), language,
                                    [](int64_t daily) { return MoneyText(LowestMonthly(daily)); });
    if (range.empty()) continue;
    parts.push_back(absl::StrCat(In(language, name), " ", range));
  }
  if (parts.empty()) return "";
  return absl::StrCat(absl::StrJoin(parts, ", "), " ", In(language, label::kAMonth));
}

std::string HoursBounds(const labor::v1::Standards& standards, const VacancyStatistics& counted,
                        Language language) {
  std::vector<Dated> dated;
  for (const labor::v1::WeeklyHoursLimit& limit : standards.weekly_hours_limits()) {
    dated.push_back({Order(limit.effective_date()), limit.weekly_minutes()});
  }
  const std::string range =
      Range(InForce(std::move(dated), PeriodsOf(counted)), language, &MinutesText);
  return range.empty() ? "" : absl::StrCat(range, " ", In(language, label::kAWeek));
}

}  // namespace puente::cli
