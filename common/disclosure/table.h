// Tables about persons or companies, before it is decided what may be told of them.
//
// A table has dimensions (sector, state, skill). Each has values, which are the finest that there
// is, and groups of values that can be asked for: all of them, one of them, or some; groups may
// overlap, as sectors do, whose values are then the atoms that all sectors generate. A *place* is
// one value of each dimension, a *cell* one group of each. What is asked for is always a cell.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"

namespace puente::disclosure {

inline constexpr int kMostDimensions = 4;
// One number a dimension; those that a table doesn't have are 0.
using Numbers = std::array<int32_t, kMostDimensions>;

class Dimension {
 public:
  // Values 0 to size - 1, each of which can be asked for, and all together.
  static Dimension OfValues(int size);
  // Values 0 to size - 1, of which these groups can be asked for, and all together. Single values
  // that are no group are kept from being computed all the same.
  static Dimension OfGroups(int size, const std::vector<std::vector<int>>& groups);

  static constexpr int kAll = 0;  // the group of all values

  int size() const { return static_cast<int>(groups_of_.size()); }
  int group_count() const { return static_cast<int>(asked_.size()); }
  bool Asked(int group) const { return asked_[group]; }
  bool Holds(int group, int value) const {
    if (group == kAll) return true;
    return holds_[group].empty() ? first_[group] == value : holds_[group][value];
  }
  // Whether groups have a value in common.
  bool Overlap(int one, int other) const;
  // The groups that hold a value, kAll first.
  const std::vector<int>& GroupsOf(int value) const { return groups_of_[value]; }
  // The group of a value alone.
  int Alone(int value) const { return alone_[value]; }
  // The first value of a group; -1 where it has none.
  int ValueOf(int group) const { return first_[group]; }

 private:
  explicit Dimension(int size);
  int AddGroup(const std::vector<int>& values, bool asked);

  std::vector<bool> asked_;
  std::vector<std::vector<bool>> holds_;  // of groups of several values, but kAll
  std::vector<std::vector<int>> groups_of_;
  std::vector<int> alone_;
  std::vector<int> first_;  // value of each group
};

// Numbers the cells of a table.
class Grid {
 public:
  explicit Grid(std::vector<Dimension> dimensions);

  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  int size() const { return static_cast<int>(dimensions_.size()); }
  // How many cells there are, empty ones and those that nobody can ask for included.
  int64_t cell_count() const { return cell_count_; }
  int64_t CellOf(const Numbers& groups) const;
  Numbers GroupsOf(int64_t cell) const;
  // The cell of one place alone.
  int64_t PlaceCell(const Numbers& place) const;
  // The place that such a cell is about.
  Numbers PlaceOf(int64_t cell) const;
  bool Asked(int64_t cell) const;
  // In how many dimensions a cell is about all values.
  int Stars(int64_t cell) const;
  bool Holds(const Numbers& groups, const Numbers& place) const;
  // Whether two cells have a place in common.
  bool Overlap(int64_t one, int64_t other) const;
  // Calls each(cell) for all cells that hold a place.
  template <class Each>
  void ForCellsOf(const Numbers& place, const Each& each) const {
    ForCellsOf(place, each, 0, {});
  }

 private:
  template <class Each>
  void ForCellsOf(const Numbers& place, const Each& each, int d, Numbers groups) const {
    if (d == size()) return each(CellOf(groups));
    for (const int group : dimensions_[d].GroupsOf(place[d])) {
      groups[d] = group;
      ForCellsOf(place, each, d + 1, groups);
    }
  }

  std::vector<Dimension> dimensions_;
  std::array<int64_t, kMostDimensions> strides_ = {};
  int64_t cell_count_ = 1;
};

// What one contributor (a company, a group of companies, a person) adds to a place. There is one
// a contributor and place.
struct Contribution {
  int32_t contributor = 0;
  Numbers place = {};
  int64_t value = 0;  // at least 1
  // What else figures say of it, in any form: with another detail it is another contribution.
  uint64_t detail = 0;

  auto operator<=>(const Contribution&) const = default;
};

// A contributor's part of a sum.
struct Share {
  int32_t contributor = -1;
  int64_t value = 0;
};

// What a cell comes to, with its largest contributors.
struct Sum {
  static constexpr int kLargest = 3;

  int64_t total = 0;
  int32_t contributors = 0;
  std::array<Share, kLargest> largest =
      {};  // the largest first; contributor -1 where there is none

  void Add(const Share& share);  // once a contributor
};

// A table with the sums of all its cells that aren't empty, by number.
class Table {
 public:
  Table(Grid grid, std::vector<Contribution> contributions);

  const Grid& grid() const { return grid_; }
  // By contributor, then place.
  const std::vector<Contribution>& contributions() const { return contributions_; }
  const absl::flat_hash_map<int64_t, Sum>& sums() const { return sums_; }
  // Null for an empty cell.
  const Sum* Find(int64_t cell) const;
  // All of one contributor.
  absl::Span<const Contribution> Of(int32_t contributor) const;

 private:
  Grid grid_;
  std::vector<Contribution> contributions_;
  absl::flat_hash_map<int64_t, Sum> sums_;
};

// Which sums may be told as such.
struct Rule {
  // Fewest contributors.
  int fewest = 4;
  // Most of the total that one of them may have, in percent.
  int most_percent = 80;
  // Whoever knows the parts of any two contributors must not learn that of a third, nor bounds of
  // it that are closer than this, in percent of it.
  int protection_percent = 10;
  // What everybody knows a contributor to have at least: 1 for heads that a company needs, 0 for
  // persons, of whom each is there or not.
  int64_t least = 1;
  // Fewest that a sum comes to: where contributors are companies and what they add up are persons.
  int64_t least_total = 0;

  // Companies, as in docs/decisions/0036; persons, of whom at least 10 must be in a sum; persons
  // whom companies have; what is public anyway.
  static Rule Companies() { return {}; }
  static Rule Persons() { return {.fewest = 10, .least = 0}; }
  static Rule PersonsOfCompanies() { return {.least = 0, .least_total = 10}; }
  static Rule Public() {
    return {.fewest = 1, .most_percent = 100, .protection_percent = 0, .least = 0};
  }

  bool Allows(const Sum& sum) const;
  // How far from its true value a contributor's part must seem possible.
  int64_t Protection(int64_t part) const { return (part * protection_percent + 99) / 100; }
};

}  // namespace puente::disclosure
