// Released tables: what they come to, cell by cell, once it is decided what may be told
// (common/disclosure). A module declares a table and reads its parts; all else is here
// (docs/decisions/0056).
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/disclosure/table.h"

namespace puente::releases {

inline constexpr int kMostDimensions = disclosure::kMostDimensions;
inline constexpr int kMostMeasures = 4;
// A measure that a part hasn't, and a median that isn't told.
inline constexpr int32_t kNone = std::numeric_limits<int32_t>::min();

// A table of which figures are told.
struct Table {
  struct Dimension {
    // All values that there can be. Else any text is one; those that fewer contributors have than
    // a figure needs then count together with "", which is not known, as one that can't be asked
    // for.
    std::vector<absl::string_view> all = {};
  };
  absl::string_view name;  // "awards", unique in its agency
  disclosure::Rule rule;
  // The most important first: where there is too little for all of them, the last are left out.
  std::vector<Dimension> dimensions;
  int measures = 0;  // of each part
};

// Texts by number, so that many parts take little memory. 0 is "".
class Texts {
 public:
  Texts() { Of(""); }
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;

  int32_t Of(absl::string_view text);
  const std::string& At(int32_t number) const { return texts_[number]; }

 private:
  std::deque<std::string> texts_;
  absl::flat_hash_map<absl::string_view, int32_t> numbers_;
};

using Measures = std::array<int32_t, kMostMeasures>;
inline constexpr Measures kNoMeasures = {kNone, kNone, kNone, kNone};

// What a contributor adds to a place. All but the value and the measures are texts.
struct Part {
  int32_t contributor = 0;
  std::array<int32_t, kMostDimensions> place = {};
  // What medians are told of: a change of one is a change of all that the part comes to.
  Measures measures = kNoMeasures;
  int64_t value = 1;

  auto operator<=>(const Part&) const = default;
};

// Adds up parts that differ in their value alone, and sorts them.
void Compact(std::vector<Part>& parts);

// Contributors that are others now, such as persons who were merged, and companies of a group.
using Joined = absl::flat_hash_map<int32_t, int32_t>;

// What a cell is about, by dimension: a text; 0 means all.
using Key = std::array<int32_t, kMostDimensions>;

// A figure that is told.
struct Cell {
  Key key = {};
  int64_t total = 0;
  // Of cells that are about all values in all dimensions but the first: half of what is counted or
  // more has as much at most. kNone where contributors too few for a figure have such a measure.
  Measures medians = kNoMeasures;
  // A change waits that can't be told yet.
  bool behind = false;

  bool SaysTheSame(const Cell& other) const {
    return total == other.total && medians == other.medians;
  }
};

// A release, as far as later ones are compared with it.
struct Earlier {
  std::set<Key> told;
  // Parts that it had and the last release hasn't, and the other way round; both sorted.
  std::vector<Part> gone;
  std::vector<Part> come;
};

// What the next release rests on.
struct Basis {
  std::vector<Part> parts;       // of the last release, compact
  std::vector<Earlier> earlier;  // the last release first
};

struct Figures {
  std::vector<Cell> cells;  // by key
  std::vector<Part> parts;  // on which they rest, compact
  // All changes wait, since no way to tell any was found with the effort that is allowed.
  bool nothing_new = false;
};

// The release of a table that follows `before` (empty for the first), now that all parts that
// count are `now`, compact. A contributor counts as the one that it is now, in what it had before
// as well. CANCELLED if cancelled() said so.
absl::StatusOr<Figures> MakeFigures(const Table& table, Texts& texts, const Joined& joined,
                                    const Basis& before, const std::vector<Part>& now,
                                    const std::function<bool()>& cancelled);

}  // namespace puente::releases
