#include "common/disclosure/ways.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "absl/algorithm/container.h"

namespace puente::disclosure {
namespace {

using Mark = Marks::Mark;

// Places that can give up most, whose values are tried where a cell leaves them open.
constexpr size_t kMostPopular = 32;
// Places that a box is tried to reach to, and more, where these are not enough to protect what must
// be protected.
constexpr size_t kOpposites = 24;
constexpr size_t kMostOpposites = 400;
// Ways that one protection may need together.
constexpr size_t kMostTogether = 40;
// Ways that are kept to choose from.
constexpr size_t kMostCostly = 500;

// A place without what it is along a side.
Numbers Outside(const Grid& grid, unsigned side, Numbers place) {
  for (int d = 0; d < grid.size(); ++d) {
    if (side >> d & 1) place[d] = -1;
  }
  return place;
}

bool Cheaper(const Way& a, const Way& b) {
  return a.cost * static_cast<double>(b.spare) < b.cost * static_cast<double>(a.spare);
}

void KeepCheapest(std::vector<Way>& ways) {
  std::nth_element(ways.begin(), ways.begin() + kMostCostly, ways.end(), &Cheaper);
  ways.resize(kMostCostly);
}

// What is about all values of a dimension is asked for by most, and missed most.
double CostOfStars(int stars) {
  static constexpr double kCosts[] = {1, 50, 5'000, 500'000, 50'000'000};
  return kCosts[stars];
}

}  // namespace

size_t WayFinder::Search::most_together() const {
  return std::max(kMostTogether, protection.from.size());
}

WayFinder::WayFinder(const Table& table, const Rule& rule, const Marks& marks)
    : table_(table), grid_(table.grid()), rule_(rule), marks_(marks) {
  for (const auto& [cell, sum] : table_.sums()) grand_total_ = std::max(grand_total_, sum.total);
  IndexPlaces();
  AddBoxes((1u << grid_.size()) - 1, {});
}

void WayFinder::AddBoxes(unsigned left, const Sides& sides) {
  boxes_[sides.size()].push_back(sides);
  for (unsigned side = left; side > 0; side = (side - 1) & left) {
    // In the order of their first dimensions.
    if (!sides.empty() && (side & -side) < (sides.back() & -sides.back())) continue;
    Sides further = sides;
    further.push_back(side);
    AddBoxes(left & ~side, further);
  }
}

void WayFinder::IndexPlaces() {
  std::vector<std::pair<int64_t, Share>> order;
  order.reserve(table_.contributions().size());
  for (const Contribution& one : table_.contributions()) {
    order.push_back({grid_.PlaceCell(one.place), {one.contributor, one.value}});
  }
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first, -a.second.value, a.second.contributor) <
           std::tuple(b.first, -b.second.value, b.second.contributor);
  });
  shares_.reserve(order.size());
  for (const auto& [cell, share] : order) {
    shares_.push_back(share);
    Place& place = places_[cell];
    place.values = grid_.PlaceOf(cell);
    place.spare += share.value - rule_.least;
    place.shares = absl::MakeConstSpan(place.shares.empty() ? &shares_.back() : place.shares.data(),
                                       place.shares.size() + 1);
  }
  std::vector<std::pair<int64_t, int64_t>> by_spare;
  for (const auto& [cell, place] : places_) by_spare.push_back({-place.spare, cell});
  std::sort(by_spare.begin(), by_spare.end());
  for (const auto& [spare, cell] : by_spare) {
    if (popular_.size() < kMostPopular) popular_.push_back(places_.at(cell).values);
    for (unsigned side = 1; side < 1u << grid_.size(); ++side) {
      near_[{side, Outside(grid_, side, places_.at(cell).values)}].push_back(cell);
    }
  }
}

std::optional<std::vector<Way>> WayFinder::Find(const Protection& protection, bool may_hide) {
  std::optional<std::vector<Way>> ways = Find(protection, may_hide, kOpposites);
  return ways || !may_hide ? ways : Find(protection, may_hide, kMostOpposites);
}

std::optional<std::vector<Way>> WayFinder::Find(const Protection& protection, bool may_hide,
                                                size_t most_opposites) {
  Search search{protection,    grid_.GroupsOf(protection.cell),
                may_hide,      most_opposites,
                /*from=*/0,
                /*costly=*/{}, NewBundle(protection)};
  // The more sides a box has, the more of what is about all values it leaves as it is.
  for (int sides = grid_.size(); sides >= 0; --sides) {
    for (search.from = 0; search.from < protection.from.size(); ++search.from) {
      for (const Sides& box : boxes_[sides]) {
        if (TryBoxes(search, box)) return search.bundle.ways();
      }
    }
    std::optional<std::vector<Way>> best = Cheapest(search);
    if (best && (sides == 0 || CostOf(*best) < CostOfStars(1))) return best;
  }
  return std::nullopt;
}

bool WayFinder::TryBoxes(Search& search, const Sides& sides) {
  if (sides.empty()) return Try(search, {search.place(), {}});
  // Both corners next to the place give something up.
  if (search.protection.more && sides.size() == 2) {
    const std::vector<Numbers> others = Opposites(search, sides[1]);
    for (const Numbers& one : Opposites(search, sides[0])) {
      for (const Numbers& other : others) {
        Box box{one, sides};
        for (int d = 0; d < grid_.size(); ++d) {
          if (sides[1] >> d & 1) box.opposite[d] = other[d];
        }
        if (Try(search, box)) return true;
      }
    }
    return false;
  }
  unsigned moved = 0;
  for (const unsigned side : sides) moved |= side;
  for (const Numbers& opposite : Opposites(search, moved)) {
    if (Try(search, {opposite, sides})) return true;
  }
  return false;
}

std::vector<Numbers> WayFinder::Opposites(const Search& search, unsigned moved) const {
  std::vector<Numbers> opposites;
  const auto near = near_.find({moved, Outside(grid_, moved, search.place())});
  if (near == near_.end()) return opposites;
  for (const int64_t cell : near->second) {
    if (opposites.size() == search.most_opposites) break;
    const Numbers& place = places_.at(cell).values;
    bool differs = true;
    for (int d = 0; d < grid_.size(); ++d) {
      differs &= !(moved >> d & 1) || place[d] != search.place()[d];
    }
    if (differs) opposites.push_back(place);
  }
  return opposites;
}

bool WayFinder::Try(Search& search, const Box& box) {
  ++tried_;
  Way way;
  way.from = search.from;
  if (!AddPlaces(search, box, way) || !AddCells(search, box, way)) return false;
  way.spare = search.protection.amount;
  for (const int64_t place : way.places) way.spare = std::min(way.spare, places_.at(place).spare);
  if (way.cost > 0) {
    search.costly.push_back(std::move(way));
    if (search.costly.size() == 2 * kMostCostly) KeepCheapest(search.costly);
    return false;
  }
  Bundle alone = NewBundle(search.protection);
  if (alone.Add(way) && alone.Suffices()) {
    search.bundle = std::move(alone);
    return true;
  }
  return search.bundle.size() < search.most_together() && search.bundle.Add(std::move(way)) &&
         search.bundle.Suffices();
}

bool WayFinder::AddPlaces(const Search& search, const Box& box, Way& way) const {
  for (const unsigned side : box.sides) {
    if (!Splits(search, box, side)) return false;
  }
  for (unsigned corner = (1u << box.sides.size()) - 1; corner > 0; --corner) {
    if ((std::popcount(corner) % 2 == 1) != search.protection.more) continue;
    Numbers place = search.place();
    for (size_t i = 0; i < box.sides.size(); ++i) {
      if ((corner >> i & 1) == 0) continue;
      for (int d = 0; d < grid_.size(); ++d) {
        if (box.sides[i] >> d & 1) place[d] = box.opposite[d];
      }
    }
    const int64_t cell = grid_.PlaceCell(place);
    const auto found = places_.find(cell);
    if (found == places_.end() || found->second.spare == 0) return false;
    way.places.push_back(cell);
  }
  return true;
}

bool WayFinder::Splits(const Search& search, const Box& box, unsigned side) const {
  for (int d = 0; d < grid_.size(); ++d) {
    if ((side >> d & 1) && !grid_.dimensions()[d].Holds(search.groups[d], box.opposite[d])) {
      return true;
    }
  }
  return false;
}

bool WayFinder::AddCells(const Search& search, const Box& box, Way& way) const {
  Groups groups;  // that hold an end
  unsigned moved = 0;
  for (const unsigned side : box.sides) moved |= side;
  for (int d = 0; d < grid_.size(); ++d) {
    const Dimension& dimension = grid_.dimensions()[d];
    const int here = search.place()[d];
    const bool alone = absl::c_linear_search(box.sides, 1u << d);
    for (const int group : dimension.GroupsOf(here)) {
      const bool both = alone && dimension.Holds(group, box.opposite[d]);
      if (dimension.Asked(group) && !both) groups[d].push_back(group);
    }
    if ((moved >> d & 1) == 0) continue;
    for (const int group : dimension.GroupsOf(box.opposite[d])) {
      if (dimension.Asked(group) && !dimension.Holds(group, here)) groups[d].push_back(group);
    }
  }
  return AddCells(search, box, groups, 0, {}, way);
}

bool WayFinder::AddCells(const Search& search, const Box& box, const Groups& groups, int d,
                         Numbers cell, Way& way) const {
  if (d == grid_.size()) {
    return !Changes(search, box, cell) || AddCell(grid_.CellOf(cell), search.may_hide, way);
  }
  for (const int group : groups[d]) {
    cell[d] = group;
    if (!AddCells(search, box, groups, d + 1, cell, way)) return false;
  }
  return true;
}

bool WayFinder::Changes(const Search& search, const Box& box, const Numbers& cell) const {
  return absl::c_all_of(box.sides, [&](unsigned side) {
    bool here = true;
    bool there = true;
    for (int d = 0; d < grid_.size(); ++d) {
      if ((side >> d & 1) == 0) continue;
      here &= grid_.dimensions()[d].Holds(cell[d], search.place()[d]);
      there &= grid_.dimensions()[d].Holds(cell[d], box.opposite[d]);
    }
    return here != there;
  });
}

bool WayFinder::AddCell(int64_t cell, bool may_hide, Way& way) const {
  const Mark mark = marks_.of[cell];
  if (mark == Mark::kKnown || (mark == Mark::kTold && !may_hide)) return false;
  if (mark == Mark::kTold) way.cost += Cost(cell);
  if (mark == Mark::kTold || marks_.for_others.contains(cell)) way.cells.push_back(cell);
  return true;
}

double WayFinder::Cost(int64_t cell) const {
  const Sum* const sum = table_.Find(cell);
  const double share = sum == nullptr ? 0 : static_cast<double>(sum->total) / grand_total_;
  return CostOfStars(grid_.Stars(cell)) * (1 + share);
}

std::optional<std::vector<Way>> WayFinder::Cheapest(const Search& search) const {
  std::vector<Way> alone;
  for (const Way& way : search.costly) {
    Bundle bundle = NewBundle(search.protection);
    if ((alone.empty() || way.cost < alone.front().cost) && bundle.Add(way) && bundle.Suffices()) {
      alone = {way};
    }
  }
  std::optional<std::vector<Way>> together = Together(search);
  if (together && (alone.empty() || CostOf(*together) < CostOf(alone))) return together;
  if (alone.empty()) return std::nullopt;
  return alone;
}

std::optional<std::vector<Way>> WayFinder::Together(const Search& search) const {
  Bundle bundle = search.bundle;
  std::vector<Way> ways = search.costly;
  absl::flat_hash_set<int64_t> hidden;
  while (!bundle.Suffices()) {
    if (ways.empty() || bundle.size() >= search.most_together()) return std::nullopt;
    const auto least = absl::c_min_element(ways, &Cheaper);
    for (const int64_t cell : least->cells) hidden.insert(cell);
    bundle.Add(std::move(*least));
    *least = std::move(ways.back());
    ways.pop_back();
    for (Way& way : ways) way.cost = CostOf(way, hidden);
  }
  std::vector<Way> needed = bundle.ways();
  for (size_t i = needed.size(); i-- > 0;) {
    std::vector<Way> fewer = needed;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    Bundle without = NewBundle(search.protection);
    for (const Way& way : fewer) without.Add(way);
    if (without.Suffices()) needed = std::move(fewer);
  }
  return needed;
}

Bundle WayFinder::NewBundle(const Protection& protection) const {
  return Bundle(places_, protection, rule_.least);
}

double WayFinder::CostOf(const Way& way, const absl::flat_hash_set<int64_t>& hidden) const {
  double cost = 0;
  for (const int64_t cell : way.cells) {
    if (marks_.of[cell] == Mark::kTold && !hidden.contains(cell)) cost += Cost(cell);
  }
  return cost;
}

double WayFinder::CostOf(const std::vector<Way>& ways) const {
  absl::flat_hash_set<int64_t> hidden;
  double cost = 0;
  for (const Way& way : ways) {
    cost += CostOf(way, hidden);
    hidden.insert(way.cells.begin(), way.cells.end());
  }
  return cost;
}

}  // namespace puente::disclosure
