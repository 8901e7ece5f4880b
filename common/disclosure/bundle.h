// Moves of heads that keep a contributor's part of a cell from being known (pattern.h), and whether
// they suffice.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "common/disclosure/table.h"

namespace puente::disclosure {

using Cells = absl::InlinedVector<int64_t, 16>;

// A move of heads along the corners of a box.
struct Way {
  size_t from = 0;    // which of the protection's places is a corner
  double cost = 0;    // of what would have to be hidden
  int64_t spare = 0;  // what its corners have to give up at most, up to the protection's amount
  Cells places;       // the corners that give something up, by their cells
  Cells cells;        // that it changes and that the rule would allow to tell
};

// That one contributor's part of a cell is kept from being known.
struct Protection {
  int64_t cell = 0;
  int32_t contributor = 0;
  bool more = false;   // it must seem possible that the part is more, or else less,
  int64_t amount = 0;  // by this
  // Where it moves, the largest first, and how much of it each place can give up.
  struct From {
    Numbers place = {};
    int64_t spare = 0;
  };
  std::vector<From> from;
};

// Who is in a place, the largest first.
struct Place {
  Numbers values = {};
  int64_t spare = 0;  // what all of them have above the least
  absl::Span<const Share> shares;
};

using Places = absl::flat_hash_map<int64_t, Place>;  // by cell

// Ways that are taken together, and how much moves along each.
class Bundle {
 public:
  // `least`: what everybody knows a contributor to have. The places and the protection must outlive
  // it.
  Bundle(const Places& places, const Protection& protection, int64_t least);

  // Moves as much along a way as its corners have left. False if that is nothing.
  bool Add(Way way);
  // Whether enough can move whichever two other contributors pool what they know of themselves.
  bool Suffices() const;

  const std::vector<Way>& ways() const { return ways_; }
  size_t size() const { return ways_.size(); }

 private:
  struct Loss {
    int32_t contributor;
    int64_t value;
  };

  int64_t Left(int64_t cell) const;
  int64_t OfTarget(const Place& place) const;
  // What can move less if a contributor is among the two, at most; the largest first. A place that
  // has more left than two of them have loses nothing.
  std::vector<Loss> Losses() const;
  bool PairsLeaveEnough(const std::vector<Loss>& losses, int64_t may_lose) const;
  int64_t LostBy(int32_t one, int32_t other) const;

  const Places* places_;
  const Protection* protection_;
  int64_t least_;
  std::vector<Way> ways_;
  int64_t moved_ = 0;
  std::vector<int64_t> used_from_;
  absl::flat_hash_map<int64_t, int64_t> used_;  // by place
};

}  // namespace puente::disclosure
