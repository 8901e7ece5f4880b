// Releases of one table, one after the other.
//
// Who compares two releases learns what changed between them: if one company stated something
// meanwhile, the difference of two told totals is what it stated. So the difference is a table of
// its own, under the same rule. What is told is computed from a *basis*: the contributions as of
// the release before, with those changes since that may be seen. The others wait: at a place that
// waits, everything stays as it was, in every figure that holds it. A cell that was told once stays
// told, since what it was is known.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "common/disclosure/pattern.h"
#include "common/disclosure/table.h"

namespace puente::disclosure {

struct Successor {
  Table basis;
  Pattern pattern;
  // Places, by their cells, that are as they were before: what changed there waits.
  absl::flat_hash_set<int64_t> waiting;
  // Cells in which a change waits: their figures are of an earlier time, in part or as a whole.
  absl::flat_hash_set<int64_t> behind;
};

// The release that follows one with this basis and these told cells (both empty for the first), now
// that contributions are `now`. options.known and .withheld are not used. CANCELLED.
absl::StatusOr<Successor> Succeed(const Grid& grid, const std::vector<Contribution>& basis,
                                  const absl::flat_hash_set<int64_t>& told,
                                  const std::vector<Contribution>& now,
                                  const PatternOptions& options);

}  // namespace puente::disclosure
