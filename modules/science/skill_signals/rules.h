// Figures about skill signals, whoever stores them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/types/span.h"

namespace puente::science {

// What a figure needs to know of a signal.
struct SignalFacts {
  std::string id;
  std::string sector_table;
  std::string skill;
  std::string technology;
  std::string source;
};

// Which signals are counted; empty means all.
struct SignalChoice {
  std::string sector_table;
  std::set<std::string> skills;
};

struct SignalFigures {
  int64_t signals = 0;
  std::set<std::string> technologies;
  std::set<std::string> sources;
  // Ids of the first 10, in the order given.
  std::vector<std::string> nearest;
  // The 10 skills with most signals, most first, then by name.
  std::vector<std::pair<std::string, int64_t>> top_skills;
};

// Sums up signals that come by horizon, nearest first.
SignalFigures SumUp(absl::Span<const SignalFacts> by_horizon, const SignalChoice& choice);

}  // namespace puente::science
