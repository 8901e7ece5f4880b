#include "modules/science/skill_signals/rules.h"

#include <algorithm>

namespace puente::science {
namespace {

constexpr size_t kMostNearest = 10;
constexpr size_t kMostTopSkills = 10;

}  // namespace

SignalFigures SumUp(absl::Span<const SignalFacts> by_horizon, absl::CivilDay day) {
  SignalFigures figures;
  std::map<std::string, int64_t> skills;
  for (const SignalFacts& signal : by_horizon) {
    ++figures.signals;
    figures.technologies.insert(signal.technology);
    figures.sources.insert(signal.source);
    if (day <= signal.horizon && figures.nearest.size() < kMostNearest) {
      figures.nearest.push_back(signal.id);
    }
    ++skills[signal.skill];
  }
  figures.top_skills.assign(skills.begin(), skills.end());
  std::stable_sort(figures.top_skills.begin(), figures.top_skills.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (figures.top_skills.size() > kMostTopSkills) figures.top_skills.resize(kMostTopSkills);
  return figures;
}

}  // namespace puente::science
