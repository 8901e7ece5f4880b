// Somebody who wants to know what isn't told: by linear programming, from everything that is.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/disclosure/table.h"

struct glp_prob;

namespace puente::disclosure {

class Attacker {
 public:
  // He knows the sums of `told`, in which places there is anybody and how many, that each has at
  // least rule.least, and of those who pool what they know every part.
  Attacker(const Table& table, const absl::flat_hash_set<int64_t>& told, const Rule& rule,
           const std::set<int32_t>& pooling);
  ~Attacker();
  Attacker(const Attacker&) = delete;
  Attacker& operator=(const Attacker&) = delete;

  struct Bounds {
    int64_t low = 0;
    int64_t high = 0;  // kNone if there is no bound
  };
  static constexpr int64_t kNone = int64_t{1} << 50;
  // Between which values the sum of a cell must be.
  Bounds BoundsOf(int64_t cell) const;
  // What he finds nearer to the truth than the rule allows, of all cells that the rule doesn't
  // allow to be told: these cells.
  std::vector<int64_t> Finds() const;

 private:
  double Best(int64_t cell, int direction) const;

  const Table& table_;
  const Rule rule_;
  const std::set<int32_t> pooling_;
  std::vector<Numbers> places_;
  std::vector<int64_t> lowest_;  // by place
  glp_prob* problem_;
};

}  // namespace puente::disclosure
