// What can be computed from known sums by adding and subtracting: linear combinations of 0/1
// vectors, modulo a prime large enough that none vanishes by chance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace puente::economy {

class Span {
 public:
  // Which base cells a sum is over.
  using Cells = std::vector<bool>;
  // What is left of a vector once the known sums are taken out; all zero if it can be computed.
  using Residual = std::vector<uint32_t>;

  Residual Reduce(const Cells& cells) const;
  // Adds a sum by its residual, which must not be zero, scaled by Scale().
  void Add(Residual residual);

  // Position of the first non-zero element; the size if there is none.
  static size_t Pivot(const Residual& residual);
  // Makes the first non-zero element 1.
  static void Scale(Residual& residual);
  // Takes `row`, scaled, out of `residual`.
  static void Eliminate(Residual& residual, const Residual& row, size_t pivot);

 private:
  struct Row {
    Residual values;
    size_t pivot;
  };
  std::vector<Row> rows_;
};

}  // namespace puente::economy
