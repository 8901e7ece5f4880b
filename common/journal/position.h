// What a moment of the database shows of a journal: figures are the same while this is.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sql/session.h"

namespace puente::journal {

struct Position {
  int64_t epoch = 0;
  int64_t head = 0;        // the last position given
  int64_t last_entry = 0;  // the largest id of an entry, whether it has a position or not
  int64_t edition = 0;     // see SequencerOptions
  bool operator==(const Position&) const = default;
};

// What is known of the newest position without asking the database.
struct Newest {
  Position position;
  // What was committed before is in it. Stands still while the sequencer does; 1970 until it has
  // looked for the first time.
  absl::Time as_of;
  // Whether there is nothing newer that this process has committed, or has read and told somebody.
  bool certain = false;
};

// Whether `seen` shows something that `known` doesn't.
bool IsAhead(const Position& seen, const Position& known);

// That of the session's snapshot.
absl::StatusOr<Position> ReadPosition(sql::Session& snapshot,
                                      const std::optional<sql::Query>& edition);

}  // namespace puente::journal
