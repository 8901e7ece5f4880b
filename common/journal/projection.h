// Counting tables: written by the sequencer alone, read here. A figure is read in the snapshot that
// also names the position it is true for.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/journal/deltas.h"
#include "common/journal/token.h"
#include "common/sql/session.h"

namespace puente::journal {

// Cuts that are read as one: a single cut, or all from `first` up to but not including `end`.
struct CutRange {
  std::string first;
  std::string end;  // "" means that `first` alone is meant

  // All cuts that begin with `prefix`.
  static CutRange Prefix(std::string prefix);
};

// Folds a batch's deltas into the tables, in key order, inside the sequencer's transaction.
absl::Status ApplyDeltas(sql::Connection& connection, const Deltas& deltas);

// Sums by measure over the ranges, which must not overlap. A measure never counted is absent.
absl::StatusOr<std::map<int, int64_t>> ReadCounts(sql::Session& session,
                                                  const std::vector<CutRange>& ranges);

// The cuts of the ranges, which must not overlap, in which a measure is not 0, with its sum, by
// cut.
absl::StatusOr<std::map<std::string, int64_t>> ReadCuts(sql::Session& session, int measure,
                                                        const std::vector<CutRange>& ranges);

// The same by cut, of measures that are not 0.
absl::StatusOr<std::map<std::string, std::map<int, int64_t>>> ReadCountsByCut(
    sql::Session& session, const std::vector<CutRange>& ranges);

// Sums by measure, by the last `parts` parts ("portal|2020-08" of "M|R|09|*|portal|2020-08") of the
// names of the ranges' cuts. The ranges must not overlap; measures may be 0.
absl::StatusOr<std::map<std::string, std::map<int, int64_t>>> ReadCountsByEnd(
    sql::Session& session, int parts, const std::vector<CutRange>& ranges);

// The first cuts of a range in which a measure is not 0, `most` of them, in their order. The range
// has an end.
absl::StatusOr<std::vector<std::string>> ReadFirstCuts(sql::Session& session, int measure,
                                                       const CutRange& range, size_t most);

// What the names of the ranges' cuts in which a measure is not 0 end with ("portal" of
// "S|R|09|*|portal"): some if there are more than `most`, and then at least so many.
absl::StatusOr<std::set<std::string>> ReadEnds(sql::Session& session, int measure,
                                               const std::vector<CutRange>& ranges, size_t most);

// What a histogram says.
struct Spread {
  int64_t count = 0;
  int64_t first = 0;         // smallest value
  int64_t last = 0;          // largest value
  int64_t twice_median = 0;  // twice the median, which may lie half-way between two values
};

// Exact over the ranges; nothing if they hold no value.
absl::StatusOr<std::optional<Spread>> ReadSpread(sql::Session& session, int measure,
                                                 const std::vector<CutRange>& ranges);

// Values from `first` up to but not including `end`.
struct ValueRange {
  int64_t first = 0;
  int64_t end = 0;
};

// How often each value of a range is, over the cuts of the ranges, which must not overlap.
absl::StatusOr<std::map<int64_t, int64_t>> ReadHistogram(sql::Session& session, int measure,
                                                         const ValueRange& values,
                                                         const std::vector<CutRange>& ranges);

// How often each value is, by measure.
using Histograms = std::map<int, std::map<int64_t, int64_t>>;

// All histograms over the ranges, which must not overlap, by what the names of their cuts end with
// ("portal" of "D|R|09|2020-08|*|portal"). For cuts of few values: all are read.
absl::StatusOr<std::map<std::string, Histograms>> ReadHistograms(
    sql::Session& session, const std::vector<CutRange>& ranges);

// The position that this session's snapshot shows. Read it first in the snapshot.
absl::StatusOr<Token> ReadHead(sql::Session& session);

// The freshness token of what this session's snapshot shows. Read it first in the snapshot.
absl::StatusOr<std::string> HeadToken(sql::Session& session, absl::string_view agency);

}  // namespace puente::journal
