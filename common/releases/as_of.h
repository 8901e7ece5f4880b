// Of which release a told figure is, whatever it is a figure of. Cells have a `key`, say whether a
// change waits in them (`behind`), and whether another one SaysTheSame().
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"

namespace puente::releases {

// What a release told, by key, each figure with the number of the release that it is of.
template <class Cell>
using ToldBefore = std::map<decltype(Cell::key), std::pair<Cell, int64_t>>;

// The release that a figure is of: the one that is made, or, where a change waits and the figure
// is as it was before, still that one. What others have changed in it meanwhile makes it a new one.
template <class Cell>
int64_t AsOf(const Cell& cell, const ToldBefore<Cell>& before, int64_t number) {
  if (!cell.behind) return number;
  const auto found = before.find(cell.key);
  return found != before.end() && found->second.first.SaysTheSame(cell) ? found->second.second
                                                                        : number;
}

// Whether figures are those that the last release told, of the releases that it said. Where nothing
// waits any more they are newer than that, though they say the same.
template <class Cell>
bool AreOfBefore(const std::vector<Cell>& cells, const ToldBefore<Cell>& before, int64_t last) {
  return cells.size() == before.size() && absl::c_all_of(cells, [&](const Cell& cell) {
           const auto found = before.find(cell.key);
           return found != before.end() && found->second.first.SaysTheSame(cell) &&
                  AsOf(cell, before, last) == found->second.second;
         });
}

}  // namespace puente::releases
