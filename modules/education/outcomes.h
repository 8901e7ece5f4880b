// What holds for the learning outcomes of programs and microcredentials alike.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "modules/education/errors.h"

namespace puente::education {

// HOURS_OVER_WORKLOAD if the outcomes' hours add up to more than the workload.
template <class Version>
std::vector<Violation> CheckHours(const Version& version, const std::string& path) {
  int64_t hours = 0;
  for (const auto& outcome : version.outcomes()) hours += outcome.hours();
  if (hours <= version.workload_hours()) return {};
  return {
      Against(rule::kHoursOverWorkload, "hours"_is(hours), "workload"_is(version.workload_hours()))
          .At(absl::StrCat(path, ".outcomes"))
          .Reading({absl::StrCat(path, ".workload_hours")})};
}

// The skills of the outcomes, each once: "skills/{skill}".
template <class Version>
std::set<std::string> SkillsOf(const Version& version) {
  std::set<std::string> skills;
  for (const auto& outcome : version.outcomes()) {
    skills.insert(outcome.skills().begin(), outcome.skills().end());
  }
  return skills;
}

}  // namespace puente::education
