#include "modules/economy/demand_statements/span.h"

#include <algorithm>
#include <utility>

namespace puente::economy {
namespace {

constexpr uint64_t kPrime = 2147483647;  // 2^31 - 1

uint64_t Power(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result = result * base % kPrime;
    base = base * base % kPrime;
  }
  return result;
}

}  // namespace

Span::Residual Span::Reduce(const Cells& cells) const {
  Residual residual(cells.begin(), cells.end());
  // In the order of adding: a row is zero at the pivots before it.
  for (const Row& row : rows_) Eliminate(residual, row.values, row.pivot);
  return residual;
}

void Span::Add(Residual residual) {
  const size_t pivot = Pivot(residual);
  rows_.push_back({std::move(residual), pivot});
}

size_t Span::Pivot(const Residual& residual) {
  return std::find_if(residual.begin(), residual.end(), [](uint32_t v) { return v != 0; }) -
         residual.begin();
}

void Span::Scale(Residual& residual) {
  const size_t pivot = Pivot(residual);
  if (pivot == residual.size()) return;
  const uint64_t inverse = Power(residual[pivot], kPrime - 2);
  for (uint32_t& value : residual) value = static_cast<uint32_t>(value * inverse % kPrime);
}

void Span::Eliminate(Residual& residual, const Residual& row, size_t pivot) {
  const uint64_t factor = residual[pivot];
  if (factor == 0) return;
  for (size_t i = 0; i < residual.size(); ++i) {
    residual[i] = static_cast<uint32_t>((residual[i] + (kPrime - factor) * row[i]) % kPrime);
  }
}

}  // namespace puente::economy
