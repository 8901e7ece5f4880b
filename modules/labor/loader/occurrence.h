// Ids of vacancies that have no number of their own.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace puente::labor::loader {

// SHA-256 over `scope` (source and kind of the records) and all fields of a row; 32 bytes. No two
// rows share one.
std::string RowDigest(absl::string_view scope, absl::Span<const absl::string_view> fields);

// The id of the n-th row with this digest in its file, counted from 1: "v" and 32 hex digits.
std::string VacancyId(absl::string_view row_digest, uint32_t occurrence);

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

  // How often a row with this digest has come, this time included. 0 if the table is full.
  uint32_t Count(absl::string_view row_digest);

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

}  // namespace puente::labor::loader
