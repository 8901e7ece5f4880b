// What a journal is searched by: for each entry its terms, of which a list is read in the order of
// positions, so that a page costs the same in a journal of any length. It follows the journal as
// the collector does, so that no write waits for it.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/due/task.h"
#include "common/sql/session.h"

namespace puente::agency {

// Terms: a letter that says of what, and the value.
std::string CallerTerm(absl::string_view caller);
std::string ActorTerm(absl::string_view actor);
std::string MethodTerm(absl::string_view method);
// Of a record, or of what it is below: "organizations", "organizations/conalep/learners".
std::string ResourceTerm(absl::string_view name);
// Of entries that say that something personal was read.
std::string PersonalReadTerm();

class JournalIndex {
 public:
  // Whether there may be something to do with a journal that has got so far.
  bool Wanted(int64_t head) const { return head > position_; }
  // A slice of the task; done when the whole journal is read.
  absl::StatusOr<due::Next> Follow(const due::Slice& slice);

 private:
  std::atomic<int64_t> position_ = -1;  // after which nothing was found
};

// Up to which position everything is in it.
absl::StatusOr<int64_t> IndexedPosition(sql::Session& session);

// Between which positions the entries of a time are, with others; nothing if there are none.
struct Positions {
  int64_t first = 0;
  int64_t last = 0;
};
absl::StatusOr<std::optional<Positions>> PositionsOf(sql::Session& session, absl::Time since,
                                                     absl::Time until);

}  // namespace puente::agency
