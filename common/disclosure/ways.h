// Looks for the moves of heads that protect a contributor's part of a cell, and hide least.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "common/disclosure/bundle.h"
#include "common/disclosure/table.h"

namespace puente::disclosure {

// What of a table is told and hidden so far.
struct Marks {
  enum class Mark : uint8_t { kHidden, kTold, kKnown };
  std::vector<Mark> of;  // by cell
  // Cells that the rule would allow to tell, hidden since others could be computed from them.
  absl::flat_hash_set<int64_t> for_others;
};

class WayFinder {
 public:
  // They must outlive it; what is marked may change between two searches.
  WayFinder(const Table& table, const Rule& rule, const Marks& marks);

  // The cheapest ways along which enough can move, whoever pools what they know; none that hides
  // more than is hidden, unless it may. Nothing if there are none.
  std::optional<std::vector<Way>> Find(const Protection& protection, bool may_hide);

  // What hiding a cell costs, beside others.
  double Cost(int64_t cell) const;
  // The places that can give up most.
  const std::vector<Numbers>& popular() const { return popular_; }
  // Ways that were looked at.
  int64_t tried() const { return tried_; }

 private:
  // Sets of dimensions along which heads move together: as bits, none in two sets.
  using Sides = absl::InlinedVector<unsigned, kMostDimensions>;
  // A box between a place and an opposite corner.
  struct Box {
    Numbers opposite = {};
    Sides sides;
  };
  // Groups of each dimension.
  using Groups = std::array<absl::InlinedVector<int, 8>, kMostDimensions>;

  struct Search {
    const Protection& protection;
    const Numbers groups;  // of the cell that is protected
    const bool may_hide;
    const size_t most_opposites;  // places that a box is tried to reach to
    size_t from = 0;              // which of the protection's places it is at
    std::vector<Way> costly;
    Bundle bundle;  // of ways that cost nothing

    const Numbers& place() const { return protection.from[from].place; }
    size_t most_together() const;
  };

  std::optional<std::vector<Way>> Find(const Protection& protection, bool may_hide,
                                       size_t most_opposites);

  void IndexPlaces();
  // All ways to choose disjoint sets of dimensions as sides of a box.
  void AddBoxes(unsigned left, const Sides& sides);

  // Tries boxes with these sides. True once enough can move along ways that cost nothing; the
  // others are collected.
  bool TryBoxes(Search& search, const Sides& sides);
  // Places that differ from where heads move in just these dimensions, in each: those that can give
  // up most.
  std::vector<Numbers> Opposites(const Search& search, unsigned moved) const;
  // Collects the way along a box, if there is one. True once enough can move along ways that cost
  // nothing.
  bool Try(Search& search, const Box& box);
  // Adds the corners that give something up: every other one. False if nobody is in one of them, or
  // if the box is no way: the protected cell must end along each side.
  bool AddPlaces(const Search& search, const Box& box, Way& way) const;
  bool Splits(const Search& search, const Box& box, unsigned side) const;
  // Adds the cells that a move changes: those that hold, along each side of the box, one of its
  // ends without the other. False if one of them must not be hidden.
  bool AddCells(const Search& search, const Box& box, Way& way) const;
  bool AddCells(const Search& search, const Box& box, const Groups& groups, int d, Numbers cell,
                Way& way) const;
  bool Changes(const Search& search, const Box& box, const Numbers& cell) const;
  bool AddCell(int64_t cell, bool may_hide, Way& way) const;

  // Adds to the ways that cost nothing those that cost least, one after the other, and leaves out
  // again what was not needed. Or, if that costs less, one way alone.
  std::optional<std::vector<Way>> Cheapest(const Search& search) const;
  std::optional<std::vector<Way>> Together(const Search& search) const;
  Bundle NewBundle(const Protection& protection) const;
  double CostOf(const Way& way, const absl::flat_hash_set<int64_t>& hidden) const;
  double CostOf(const std::vector<Way>& ways) const;

  const Table& table_;
  const Grid& grid_;
  const Rule& rule_;
  const Marks& marks_;
  int64_t grand_total_ = 1;
  std::vector<Share> shares_;
  Places places_;
  std::vector<Numbers> popular_;
  // Places by what they are outside a side, those that can give up most first.
  absl::flat_hash_map<std::pair<unsigned, Numbers>, std::vector<int64_t>> near_;
  std::array<std::vector<Sides>, kMostDimensions + 1> boxes_;  // by their number of sides
  int64_t tried_ = 0;
};

}  // namespace puente::disclosure
