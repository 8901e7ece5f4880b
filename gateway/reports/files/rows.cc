#include "gateway/reports/files/rows.h"

#include <algorithm>
#include <numeric>

namespace puente::gateway::reports {

std::optional<Figure> Figure::Of(const type::v1::Figure& figure) {
  if (figure.has_value()) return OfValue(figure.value());
  if (!figure.has_mark() || !type::v1::Mark_IsValid(figure.mark()) ||
      figure.mark() == type::v1::MARK_UNSPECIFIED) {
    return std::nullopt;
  }
  return Figure(figure.mark());
}

std::optional<Figure> Figure::OfValue(int64_t value) {
  Figure figure;
  figure.cell_ = value;
  return figure.has_value() ? std::optional(figure) : std::nullopt;
}

void Figure::Into(type::v1::Figure& figure) const {
  if (has_value()) {
    figure.set_value(value());
  } else {
    figure.set_mark(mark());
  }
}

void Rows::Row::Into(api::v1::FigureRow& row) const {
  for (int d = 0; d < codes_size(); ++d) row.add_codes(codes(d));
  for (int m = 0; m < figures_size(); ++m) figures(m).Into(*row.add_figures());
}

uint32_t Numbering::NumberOf(absl::string_view text) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) return found->second;
  const auto number = static_cast<uint32_t>(texts_.size());
  texts_.emplace_back(text);
  numbers_.emplace(texts_.back(), number);
  space_used_ += 2 * (sizeof(std::string) + text.size()) + sizeof(number);
  return number;
}

std::optional<uint32_t> Numbering::Find(absl::string_view text) const {
  const auto found = numbers_.find(text);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<uint32_t> Numbering::Sort() {
  const std::vector<std::string> before = texts_;
  std::sort(texts_.begin(), texts_.end());
  for (uint32_t i = 0; i < texts_.size(); ++i) numbers_[texts_[i]] = i;
  std::vector<uint32_t> moved;
  moved.reserve(before.size());
  for (const std::string& text : before) moved.push_back(numbers_[text]);
  return moved;
}

size_t Rows::SpaceUsed() const {
  size_t used = codes_.SpaceUsed() + figures_.SpaceUsed() + order_.size() * sizeof(uint32_t);
  for (const Numbering& numbering : numberings_) used += numbering.SpaceUsed();
  return used;
}

size_t Rows::Add(absl::Span<const uint32_t> numbers) {
  std::copy(numbers.begin(), numbers.end(), codes_.Add().begin());
  figures_.Add();
  return size() - 1;
}

bool Rows::Add(const api::v1::FigureRow& row) {
  const absl::Span<uint32_t> numbers = codes_.Add();
  const absl::Span<Figure> figures = figures_.Add();
  for (size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = numberings_[i].NumberOf(row.codes(static_cast<int>(i)));
  }
  bool said = true;
  for (size_t i = 0; i < figures.size(); ++i) {
    const std::optional<Figure> figure = Figure::Of(row.figures(static_cast<int>(i)));
    said &= figure.has_value();
    figures[i] = figure.value_or(Figure());
  }
  return said;
}

void Rows::Sort() {
  for (size_t d = 0; d < dimensions(); ++d) {
    const std::vector<uint32_t> moved = numberings_[d].Sort();
    for (size_t i = 0; i < size(); ++i) codes_[i][d] = moved[codes_[i][d]];
  }
  const auto before = [&](uint32_t one, uint32_t other) {
    const absl::Span<const uint32_t> a = NumbersOf(one), b = NumbersOf(other);
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
  };
  order_.clear();
  bool in_order = true;
  for (uint32_t i = 1; i < size() && in_order; ++i) in_order = !before(i, i - 1);
  if (in_order) return;
  order_.resize(size());
  std::iota(order_.begin(), order_.end(), 0);
  std::stable_sort(order_.begin(), order_.end(), before);
}

std::pair<size_t, bool> RowIndex::FindOrAdd(absl::Span<const uint32_t> numbers) {
  const auto found = known_.find(numbers);
  if (found != known_.end()) return {*found, false};
  const size_t at = rows_.Add(numbers);
  known_.insert(static_cast<uint32_t>(at));
  return {at, true};
}

}  // namespace puente::gateway::reports
