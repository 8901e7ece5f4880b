#include "common/disclosure/table.h"

#include <algorithm>

namespace puente::disclosure {

Dimension::Dimension(int size) : groups_of_(size), alone_(size, -1) {
  std::vector<int> all(size);
  for (int value = 0; value < size; ++value) all[value] = value;
  AddGroup(all, /*asked=*/true);
}

Dimension Dimension::OfValues(int size) {
  return OfGroups(size, [size] {
    std::vector<std::vector<int>> groups;
    for (int value = 0; value < size; ++value) groups.push_back({value});
    return groups;
  }());
}

Dimension Dimension::OfGroups(int size, const std::vector<std::vector<int>>& groups) {
  Dimension dimension(size);
  for (const std::vector<int>& group : groups) dimension.AddGroup(group, /*asked=*/true);
  for (int value = 0; value < size; ++value) {
    if (dimension.alone_[value] < 0) dimension.AddGroup({value}, /*asked=*/false);
  }
  return dimension;
}

int Dimension::AddGroup(const std::vector<int>& values, bool asked) {
  const int group = group_count();
  asked_.push_back(asked);
  holds_.emplace_back();
  first_.push_back(values.empty() ? -1 : values.front());
  for (const int value : values) groups_of_[value].push_back(group);
  if (values.size() > 1 && group != kAll) {
    holds_[group].resize(size());
    for (const int value : values) holds_[group][value] = true;
  }
  if (values.size() == 1 && group != kAll) alone_[values.front()] = group;
  return group;
}

bool Dimension::Overlap(int one, int other) const {
  if (one == kAll || other == kAll) return true;
  if (holds_[one].empty()) return first_[one] >= 0 && Holds(other, first_[one]);
  if (holds_[other].empty()) return first_[other] >= 0 && Holds(one, first_[other]);
  for (int value = 0; value < size(); ++value) {
    if (holds_[one][value] && holds_[other][value]) return true;
  }
  return false;
}

Grid::Grid(std::vector<Dimension> dimensions) : dimensions_(std::move(dimensions)) {
  for (size_t d = 0; d < dimensions_.size(); ++d) {
    strides_[d] = cell_count_;
    cell_count_ *= dimensions_[d].group_count();
  }
}

int64_t Grid::CellOf(const Numbers& groups) const {
  int64_t cell = 0;
  for (int d = 0; d < size(); ++d) cell += strides_[d] * groups[d];
  return cell;
}

Numbers Grid::GroupsOf(int64_t cell) const {
  Numbers groups = {};
  for (int d = size() - 1; d >= 0; --d) {
    groups[d] = static_cast<int32_t>(cell / strides_[d]);
    cell %= strides_[d];
  }
  return groups;
}

int64_t Grid::PlaceCell(const Numbers& place) const {
  int64_t cell = 0;
  for (int d = 0; d < size(); ++d) cell += strides_[d] * dimensions_[d].Alone(place[d]);
  return cell;
}

Numbers Grid::PlaceOf(int64_t cell) const {
  Numbers place = GroupsOf(cell);
  for (int d = 0; d < size(); ++d) place[d] = dimensions_[d].ValueOf(place[d]);
  return place;
}

bool Grid::Asked(int64_t cell) const {
  const Numbers groups = GroupsOf(cell);
  for (int d = 0; d < size(); ++d) {
    if (!dimensions_[d].Asked(groups[d])) return false;
  }
  return true;
}

int Grid::Stars(int64_t cell) const {
  const Numbers groups = GroupsOf(cell);
  int stars = 0;
  for (int d = 0; d < size(); ++d) stars += groups[d] == Dimension::kAll;
  return stars;
}

bool Grid::Holds(const Numbers& groups, const Numbers& place) const {
  for (int d = 0; d < size(); ++d) {
    if (!dimensions_[d].Holds(groups[d], place[d])) return false;
  }
  return true;
}

bool Grid::Overlap(int64_t one, int64_t other) const {
  const Numbers a = GroupsOf(one);
  const Numbers b = GroupsOf(other);
  for (int d = 0; d < size(); ++d) {
    if (!dimensions_[d].Overlap(a[d], b[d])) return false;
  }
  return true;
}

void Sum::Add(const Share& share) {
  total += share.value;
  ++contributors;
  Share moved = share;
  for (Share& one : largest) {
    if (one.contributor < 0 || one.value < moved.value) std::swap(one, moved);
    if (moved.contributor < 0) return;
  }
}

Table::Table(Grid grid, std::vector<Contribution> contributions)
    : grid_(std::move(grid)), contributions_(std::move(contributions)) {
  std::sort(contributions_.begin(), contributions_.end());
  absl::flat_hash_map<int64_t, int64_t> parts;  // of one contributor, by cell
  for (size_t i = 0; i < contributions_.size(); ++i) {
    const Contribution& one = contributions_[i];
    grid_.ForCellsOf(one.place, [&](int64_t cell) { parts[cell] += one.value; });
    if (i + 1 < contributions_.size() && contributions_[i + 1].contributor == one.contributor) {
      continue;
    }
    for (const auto& [cell, value] : parts) sums_[cell].Add({one.contributor, value});
    parts.clear();
  }
}

const Sum* Table::Find(int64_t cell) const {
  const auto found = sums_.find(cell);
  return found == sums_.end() ? nullptr : &found->second;
}

absl::Span<const Contribution> Table::Of(int32_t contributor) const {
  const auto [first, end] = std::equal_range(
      contributions_.begin(), contributions_.end(), Contribution{contributor},
      [](const Contribution& a, const Contribution& b) { return a.contributor < b.contributor; });
  return absl::MakeConstSpan(&*first, end - first);
}

bool Rule::Allows(const Sum& sum) const {
  if (sum.contributors < fewest || sum.total < least_total) return false;
  const int64_t most = sum.largest[0].value;
  if (most * 100 > sum.total * most_percent) return false;
  // The two who pool what they know are the largest besides the one they want to know of. Of the
  // others everybody knows the least.
  const int64_t rest = sum.total - most - sum.largest[1].value - sum.largest[2].value;
  return rest - least * (sum.contributors - 3) >= Protection(most);
}

}  // namespace puente::disclosure
