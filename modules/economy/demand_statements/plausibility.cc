#include "modules/economy/demand_statements/plausibility.h"

#include <algorithm>
#include <map>

namespace puente::economy {
namespace {

// The latest of each size that has begun.
std::map<v1::CompanySize, DemandBound> InForce(const std::vector<DemandBound>& bounds,
                                               absl::CivilDay day) {
  std::map<v1::CompanySize, DemandBound> in_force;
  for (const DemandBound& bound : bounds) {
    if (bound.from > day) continue;
    const auto [latest, first] = in_force.emplace(bound.size, bound);
    if (!first && latest->second.from < bound.from) latest->second = bound;
  }
  return in_force;
}

}  // namespace

int64_t BoundOn(const std::vector<DemandBound>& bounds, v1::CompanySize size, absl::CivilDay day) {
  const std::map<v1::CompanySize, DemandBound> in_force = InForce(bounds, day);
  if (const auto found = in_force.find(size); found != in_force.end()) return found->second.heads;
  const auto smallest = std::min_element(
      in_force.begin(), in_force.end(),
      [](const auto& a, const auto& b) { return a.second.heads < b.second.heads; });
  return smallest == in_force.end() ? 0 : smallest->second.heads;
}

}  // namespace puente::economy
