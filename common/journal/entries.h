// Reading the journal in the order of its positions, for who follows it.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "common/sql/session.h"
#include "puente/journal/v1/entry.pb.h"

namespace puente::journal {

struct SequencedEntry {
  int64_t position = 0;
  // What changed; of a chunk, its leaves.
  v1::Change change;
};

// The first `most` entries after a position. ROW_CORRUPT if one can't be read.
absl::StatusOr<std::vector<SequencedEntry>> ReadEntries(sql::Session& session, int64_t after,
                                                        int most);

}  // namespace puente::journal
