#include "modules/education/coverage/rules.h"

#include <algorithm>

#include "common/context/values.h"
#include "modules/education/certifications/rules.h"

namespace puente::education::coverage {
namespace {

struct Days {
  absl::CivilDay first, last;
};

// The days on which any of them holds, in their order, with days between any two.
std::vector<Days> CertifiedDays(absl::string_view state,
                                const std::vector<v1::Certification>& certifications) {
  std::vector<Days> days;
  for (const v1::Certification& certification : certifications) {
    if (!state.empty() && !HoldsIn(certification, state)) continue;
    for (const v1::CertifiedPeriod& period : certification.periods()) {
      days.push_back({ToCivilDay(period.start_date()), ToCivilDay(period.end_date())});
    }
  }
  std::sort(days.begin(), days.end(),
            [](const Days& a, const Days& b) { return a.first < b.first; });
  std::vector<Days> joined;
  for (const Days& one : days) {
    if (joined.empty() || joined.back().last + 1 < one.first) {
      joined.push_back(one);
    } else {
      joined.back().last = std::max(joined.back().last, one.last);
    }
  }
  return joined;
}

}  // namespace

Condition ConditionOn(absl::CivilDay today, absl::CivilDay published, absl::string_view state,
                      const std::vector<v1::Certification>& certifications) {
  Condition condition{false, published, std::nullopt};
  for (const Days& days : CertifiedDays(state, certifications)) {
    if (today < days.first) {
      condition.next = days.first;
      return condition;
    }
    if (today <= days.last) return {true, days.first, days.last + 1};
    condition.since = std::max(condition.since, days.last + 1);
  }
  return condition;
}

}  // namespace puente::education::coverage
