#include "modules/education/award_rules/rules.h"

#include <algorithm>

#include "common/context/values.h"

namespace puente::education {

const v1::AwardRule* RuleOn(const std::vector<v1::AwardRule>& rules, absl::CivilDay day) {
  const v1::AwardRule* found = nullptr;
  for (const v1::AwardRule& rule : rules) {
    const absl::CivilDay begin = ToCivilDay(rule.begin_date());
    if (begin > day) continue;
    if (found == nullptr || ToCivilDay(found->begin_date()) < begin) found = &rule;
  }
  return found;
}

int LeastDays(const v1::AwardRule& rule, int total_hours) {
  const int most = std::max(rule.most_hours_a_day(), 1);
  const int days_of_learning = total_hours / most + (total_hours % most == 0 ? 0 : 1);
  return std::max({rule.least_days(), days_of_learning - 1, 0});
}

}  // namespace puente::education
