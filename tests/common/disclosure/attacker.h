// Somebody who wants to know what isn't told: by linear programming, from everything that is.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/disclosure/table.h"

struct glp_prob;

namespace puente::disclosure {

// What is known of tables of one grid, as a linear program: the sums of told cells, in which places
// there is anybody and how many, that each has at least rule.least, and of those who pool what they
// know every part.
class Knowledge {
 public:
  Knowledge(const Rule& rule, std::set<int32_t> pooling);
  ~Knowledge();
  Knowledge(const Knowledge&) = delete;
  Knowledge& operator=(const Knowledge&) = delete;

  // Adds a table, which must outlive it. Returns its number, 0 for the first.
  size_t Add(const Table& table, const absl::flat_hash_set<int64_t>& told);

  struct Bounds {
    int64_t low = 0;
    int64_t high = 0;  // kNone if there is no bound
  };
  static constexpr int64_t kNone = int64_t{1} << 50;
  // Between which values a cell of the last table must be, less that of the first if there are two.
  Bounds BoundsOf(int64_t cell) const;
  // What the cell of a table is known to have at least by who is in it alone.
  int64_t Lowest(size_t table, int64_t cell) const;
  // The largest part of a sum that those who pool don't know; 0 if there is none.
  int64_t LargestUnknown(const Sum& sum) const;

 private:
  double Best(int64_t cell, int direction) const;

  const Rule rule_;
  const std::set<int32_t> pooling_;
  std::vector<const Table*> tables_;
  std::vector<Numbers> places_;
  std::vector<std::vector<int64_t>> lowest_;  // by table and place
  glp_prob* problem_;
};

// What is found nearer to the truth than the rule allows, of all cells that it doesn't allow to be
// told: these cells.
std::vector<int64_t> FoundIn(const Table& table, const absl::flat_hash_set<int64_t>& told,
                             const Rule& rule, const std::set<int32_t>& pooling);

// The same of what changed from one table to another, of all cells whose changes the rule doesn't
// allow, or by how much what contributors have there has changed together.
std::vector<int64_t> FoundBetween(const Table& before,
                                  const absl::flat_hash_set<int64_t>& told_before,
                                  const Table& after,
                                  const absl::flat_hash_set<int64_t>& told_after, const Rule& rule,
                                  const std::set<int32_t>& pooling);

// By how much the parts of two tables differ: with another detail by all.
Table ChangesBetween(const Table& before, const Table& after);
// By how much all that a contributor has in a cell differs, of contributors of whom it does: what
// whoever subtracts one total from the other gets is the sum of these with their signs.
std::map<int64_t, Sum> NetsBetween(const Table& before, const Table& after);

}  // namespace puente::disclosure
