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
  // Without its change; of a chunk, with what it says of it.
  v1::Entry entry;
  // What changed; of a chunk, its leaves. Nothing if that can't be read.
  v1::Change change;
  bool readable = true;
};

// The first `most` entries after a position.
absl::StatusOr<std::vector<SequencedEntry>> ReadEntries(sql::Session& session, int64_t after,
                                                        int most);

}  // namespace puente::journal
