#include "modules/education/microcredential_versions/rules.h"

namespace puente::education {

std::set<std::string> SkillsOf(const v1::MicrocredentialVersion& version) {
  std::set<std::string> skills;
  for (const v1::LearningOutcome& outcome : version.outcomes()) {
    skills.insert(outcome.skills().begin(), outcome.skills().end());
  }
  return skills;
}

}  // namespace puente::education
