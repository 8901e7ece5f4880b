// Makes the releases of demand: due work, at the configured pace.
#pragma once

#include "absl/time/time.h"
#include "common/due/task.h"
#include "common/journal/journal.h"
#include "common/journal/write.h"

namespace puente::economy {

class DemandReleaser {
 public:
  static constexpr char kKind[] = "demand.release";
  // The longest that one may take.
  static constexpr absl::Duration kLongest = absl::Minutes(5);

  // `every`: the pause between two looks at what has changed. What goes on changing is let come to
  // an end first, for a minute at most: a release is made where two looks in turn find the same.
  explicit DemandReleaser(absl::Duration every) : every_(every) {}

  // Asks for a release as soon as may be, whatever the pause.
  static absl::Status Ask(journal::Transaction& tx);

  // A slice: looks whether anything has changed, and if so makes a release of it. Ends early when
  // the slice is cancelled.
  absl::StatusOr<due::Next> Release(const journal::Journal& journal, const due::Slice& slice);

 private:
  const absl::Duration every_;
};

}  // namespace puente::economy
