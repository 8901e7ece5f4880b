// What a mutation adds to the module's projections: counts and values by cut. A cut is a module's
// own byte string ("R|09|*"); ranges of cuts are read together, so its order matters.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace puente::journal {

class Deltas {
 public:
  struct Cut {
    std::map<int, int64_t> counts;                      // measure → n
    std::map<std::pair<int, int64_t>, int64_t> values;  // (measure, value) → n

    // Adds n to a counter.
    void Count(int measure, int64_t n);
    // Adds n occurrences of a value to a histogram; medians, first and last are read from it.
    void Value(int measure, int64_t value, int64_t n);
  };
  // For several measures of one cut, to which something is added; valid until the next call.
  Cut& At(absl::string_view cut) { return cuts_[cut]; }
  void Count(absl::string_view cut, int measure, int64_t n);
  void Value(absl::string_view cut, int measure, int64_t value, int64_t n);

  bool empty() const { return cuts_.empty(); }
  std::string Serialize() const;
  // Adds what Serialize() wrote. DATA_LOSS if it did not.
  absl::Status Add(absl::string_view serialized);

  const absl::flat_hash_map<std::string, Cut>& cuts() const { return cuts_; }

 private:
  absl::flat_hash_map<std::string, Cut> cuts_;
};

}  // namespace puente::journal
