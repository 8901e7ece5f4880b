// Reading the journal in the order of its positions, for who follows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sql/session.h"
#include "puente/journal/v1/entry.pb.h"

namespace puente::journal {

// How long who follows a journal rests once he has read all that there was, so that entries gather:
// what he does for a few costs as many transactions as what he does for hundreds.
inline constexpr absl::Duration kGather = absl::Milliseconds(250);

struct SequencedEntry {
  int64_t position = 0;
  // Without its change; of a chunk, with what it says of it. Nothing if that can't be read, or is
  // gone.
  std::optional<v1::Entry> entry;
  // What changed; of a chunk, its leaves. Nothing if that can't be read.
  v1::Change change;
  bool readable = true;  // both
};

// What the bytes of an entry say; nothing if they can't be read. Those of one that is gone are
// empty, which no entry's are.
std::optional<v1::Entry> ParseEntry(const std::string& canonical);

// The first `most` entries after a position.
absl::StatusOr<std::vector<SequencedEntry>> ReadEntries(sql::Session& session, int64_t after,
                                                        int most);

}  // namespace puente::journal
