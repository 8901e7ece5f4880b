// Which cells of a table are told: one pattern for every way to ask.
//
// A cell that the rule doesn't allow is hidden. That alone hides nothing: a total less the parts
// that are told gives the rest. So for every cell that the rule doesn't allow, asked for or not,
// further cells are hidden until there are *ways* in which its largest contributors' parts could be
// more, and less, by what the rule protects, though every told figure stayed as it is: heads move
// along the corners of a box of places, up at one corner and down at the next, and every sum that
// the move changes is hidden. Together the ways move enough even if any two contributors pool what
// they know of themselves, and so take their own parts out of it. This is sufficient for what
// linear programming would prove (tests/common/disclosure does), and costs little
// (docs/decisions/0036).
//
// An empty place counts as one where there could be somebody. So a reader must not be told that a
// cell is empty where that isn't known anyway.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "common/disclosure/table.h"

namespace puente::disclosure {

// A contributor's part of a cell that must seem possible to be more, and less, by an amount.
struct PartToProtect {
  int64_t cell = 0;
  int32_t contributor = 0;
  int64_t amount = 0;
};

struct PatternOptions {
  Rule rule;
  // Beside those of the cells that the rule doesn't allow.
  std::vector<PartToProtect> parts;
  // Cells that were told before of what has not changed since: they stay told, as hiding them now
  // would hide nothing.
  absl::flat_hash_set<int64_t> known;
  // Cells that are not to be told whatever they come to.
  absl::flat_hash_set<int64_t> withheld;
  // Ways that are tried, after which the pattern is made coarser: first without the cells of single
  // places, then without those that are about all values in less than two dimensions, and so on.
  int64_t most_ways = 4'000'000;
  // Asked now and then; if it is true, the work ends.
  std::function<bool()> cancelled = [] { return false; };
};

struct Pattern {
  // Cells whose sum is told: an empty one only if it was known.
  absl::flat_hash_set<int64_t> told;
  // Cells that stay unprotected whatever else is hidden, since what they follow from is known.
  std::vector<int64_t> unprotected;
  // Ways that were tried.
  int64_t ways = 0;
  // Cells that are about all values in fewer dimensions than this were hidden as a whole, since the
  // table is too large.
  int coarseness = 0;
};

// CANCELLED if options.cancelled() said so.
absl::StatusOr<Pattern> ChoosePattern(const Table& table, const PatternOptions& options);

// The pattern that tells what is known and nothing else. Unprotected are also the cells for which
// options.most_ways were not enough. CANCELLED.
absl::StatusOr<Pattern> CheckPattern(const Table& table, const PatternOptions& options);

}  // namespace puente::disclosure
