// Which record of a source a row is, and how often a file states the same.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"

namespace puente::loading {

// A record without a number of its own is known by all that is stored of what its row states, with
// its source and kind: 32 bytes that no two different records share. How the file writes it
// (accents composed or not, 8000 or 8000.00, columns that nothing is made of) takes no part.
std::string IdentityOf(const google::protobuf::Message& stated);
// One with a number of its own is known by that; `scope` is type, source and kind of the record.
std::string IdentityOf(absl::Span<const absl::string_view> scope, absl::string_view number);

// The id of the n-th record with this identity in its file, counted from 1: 32 hex digits.
std::string RecordId(absl::string_view identity, uint32_t occurrence);
// Whether an id has that form.
bool IsRecordId(absl::string_view id);

// Counts equal rows without keeping them: the tables hold 64 bits of each digest, 9 to 18 bytes a
// distinct row and twice that for one that repeats. A file of a gigabyte (6 million rows of 170
// bytes) takes 75 MB, the largest that is taken 147 MB. Many small tables grow one by one; a large
// one would need half as much again for the moment in which it grows. Two different rows with the
// same 64 bits (one chance in a million for such a file) would be counted as equal, which does no
// harm: their ids still differ by their whole digests, and are the same whenever the file is
// loaded.
class Occurrences {
 public:
  // Most different rows, and most of them that occur more than once.
  static constexpr size_t kMostRows = 7'000'000;
  static constexpr size_t kMostRepeated = 3'500'000;

  // How often a record with this identity has come, this time included. 0 if the table is full.
  uint32_t Count(absl::string_view identity);
  // FILE_TOO_LARGE, with the limit that was met where Count() gave 0.
  absl::Status TooLarge() const;

 private:
  struct Table {
    absl::flat_hash_set<uint64_t> seen;
    absl::flat_hash_map<uint64_t, uint32_t> repeated;  // those that came twice or more
  };
  static constexpr size_t kTables = 64;

  std::array<Table, kTables> tables_;  // by the digest's lowest bits
  size_t seen_count_ = 0;
  size_t repeated_count_ = 0;
};

}  // namespace puente::loading
