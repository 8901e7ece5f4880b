// Figures about skill signals, whoever stores them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"

namespace puente::science {

// What a figure needs to know of a signal.
struct SignalFacts {
  std::string id;
  std::string skill;
  std::string technology;
  std::string source;
  absl::CivilDay horizon;
};

struct SignalFigures {
  int64_t signals = 0;
  std::set<std::string> technologies;
  std::set<std::string> sources;
  // Ids of the first 10 whose horizon is not past, in the order given.
  std::vector<std::string> nearest;
  // The 10 skills with most signals, most first, then by name.
  std::vector<std::pair<std::string, int64_t>> top_skills;
};

// Sums up signals that come by horizon, the earliest first.
SignalFigures SumUp(absl::Span<const SignalFacts> by_horizon, absl::CivilDay day);

}  // namespace puente::science
