// How near two definitions of outcomes are to each other (docs/decisions/0048).
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "puente/education/v1/competence_standard.pb.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education {

// What is measured of a definition.
struct Outcomes {
  std::set<std::string> skills;
  int64_t hours = 0;  // 0 where it states none
  std::string level;  // "conocer:3"; empty where it states none
};
Outcomes OutcomesOf(const v1::MicrocredentialVersion& version);
// A standard states no hours.
Outcomes OutcomesOf(const v1::CompetenceStandard& standard);

// In ten-thousandths, rounded down, the same both ways round: skills that both have, of those that
// either has; times the smaller of the hours, of the larger, if both state them; 0 if both state a
// level of one scheme and it isn't the same.
int64_t NearnessE4(const Outcomes& one, const Outcomes& other);

// From this nearness on they are equivalent.
inline constexpr int64_t kEquivalentE4 = 6000;

// Of so many skills of a definition, whichever they are, every equivalent has at least one: if it
// had none of them, too few would be left.
size_t SkillsToLookUp(size_t skills);

}  // namespace puente::education
