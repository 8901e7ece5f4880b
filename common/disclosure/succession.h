// Releases of one table, one after the other.
//
// Who compares two releases learns what changed between them: if one company stated something
// meanwhile, the difference of two told totals is what it stated. So the changes since an earlier
// release are a table of their own, under the same rule: a figure that is told then and now changes
// by what contributors enough have changed, and what one of them has changed in a cell that the
// rule wouldn't allow must seem possible to be more, and less. (It may be, where others' heads
// could have moved as well: nobody knows who has changed anything. docs/decisions/0036.) The same
// of what each contributor's changes in a cell come to together: whoever only moved within it
// changes its figure by nothing, and hides nobody who does.
//
// What is told is computed from a *basis*: the contributions as of the release before, with those
// changes since that may be seen. The others wait: a part that waits stays as it was, in every
// figure that holds its place. A cell that was told once stays told, since what it was is known.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "common/disclosure/pattern.h"
#include "common/disclosure/table.h"

namespace puente::disclosure {

// A release that was made before.
struct Earlier {
  // Its basis as far as it isn't that of the last release: the contributions at a place of a
  // contributor then, with the value 0 where there was none. Of the last release itself nothing.
  std::vector<Contribution> otherwise;
  absl::flat_hash_set<int64_t> told;
};

struct Successor {
  Table basis;
  Pattern pattern;
  // Parts, by contributor and place, that are as they were before: what changed in them waits.
  absl::flat_hash_set<std::pair<int32_t, Numbers>> waiting;
  // Cells in which a change waits: their figures are of an earlier time, in part or as a whole.
  absl::flat_hash_set<int64_t> behind;
  // No way to tell anything new was found with the effort that is allowed: all changes wait.
  bool nothing_new = false;
};

// The release that follows these, the last of which has this basis, now that contributions are
// `now`. The last one comes first; the first release of all follows none, and an empty basis.
// options.known and .withheld are not used. CANCELLED.
absl::StatusOr<Successor> Succeed(const Grid& grid, const std::vector<Contribution>& basis,
                                  const std::vector<Earlier>& earlier,
                                  const std::vector<Contribution>& now,
                                  const PatternOptions& options);

}  // namespace puente::disclosure
