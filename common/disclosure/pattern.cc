#include "common/disclosure/pattern.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <optional>
#include <tuple>

#include "absl/algorithm/container.h"
#include "absl/container/inlined_vector.h"
#include "common/status/macros.h"

namespace puente::disclosure {
namespace {

// Places that can give up most, whose values are tried where a cell leaves them open.
constexpr size_t kMostPopular = 32;
// Places that a box is tried to reach to.
constexpr size_t kMostOpposites = 24;
// Places of a contributor that its part is moved through, unless it takes more to move enough.
constexpr size_t kMostPlaces = 6;
// Ways that one protection may need together.
constexpr size_t kMostTogether = 40;
// Ways that are kept to choose from.
constexpr size_t kMostCostly = 500;
// Times that a pattern is improved on.
constexpr int kMostRounds = 3;
// Contributors of whom any two are examined whether they spoil a protection together.
constexpr size_t kMostSpoilers = 24;

enum class Mark : uint8_t { kHidden, kTold, kKnown };

using Cells = absl::InlinedVector<int64_t, 16>;

// A box between a place and an opposite corner. Its sides are sets of dimensions along which heads
// move together: as bits, none in two sides.
struct Box {
  Numbers opposite = {};
  absl::InlinedVector<unsigned, kMostDimensions> sides;
};

// A move of heads along the corners of a box.
struct Way {
  size_t from = 0;    // which of the protection's places is a corner
  double cost = 0;    // of what would have to be hidden
  int64_t spare = 0;  // what its corners have to give up at most, up to the protection's amount
  Cells places;       // the corners that give something up, by their cells
  Cells cells;        // that it changes and that the rule would allow to tell
};

// That one contributor's part of a cell is kept from being known.
struct Protection {
  int64_t cell = 0;
  int32_t contributor = 0;
  bool more = false;   // it must seem possible that the part is more, or else less,
  int64_t amount = 0;  // by this
  // Where it moves, the largest first, and how much of it each place can give up.
  struct From {
    Numbers place = {};
    int64_t spare = 0;
  };
  std::vector<From> from;
};

// Who is in a place, the largest first.
struct Place {
  Numbers values = {};
  int64_t spare = 0;  // what all of them have above the least
  absl::Span<const Share> shares;
};

// Ways that are taken together, and how much moves along each.
class Bundle {
 public:
  Bundle(const absl::flat_hash_map<int64_t, Place>& places, const Protection& protection,
         int64_t least)
      : places_(&places),
        protection_(&protection),
        least_(least),
        used_from_(protection.from.size(), 0) {}

  // Moves as much along a way as its corners have left. False if that is nothing.
  bool Add(Way way) {
    int64_t amount = protection_->amount;
    if (!protection_->more) {
      amount = std::min(amount, protection_->from[way.from].spare - used_from_[way.from]);
    }
    for (const int64_t place : way.places) amount = std::min(amount, Left(place));
    if (amount <= 0) return false;
    for (const int64_t place : way.places) used_[place] += amount;
    used_from_[way.from] += amount;
    moved_ += amount;
    ways_.push_back(std::move(way));
    return true;
  }

  // Whether enough can move whichever two other contributors pool what they know of themselves.
  bool Suffices() const {
    const int64_t may_lose = moved_ - protection_->amount;
    if (may_lose < 0) return false;
    const std::vector<Loss> losses = Losses();
    if (losses.empty()) return true;
    if (losses.size() == 1) return losses[0].value <= may_lose;
    if (losses[0].value + losses[1].value <= may_lose) return true;
    return PairsLeaveEnough(losses, may_lose);
  }

  const std::vector<Way>& ways() const { return ways_; }
  size_t size() const { return ways_.size(); }

 private:
  struct Loss {
    int32_t contributor;
    int64_t value;
  };

  int64_t Left(int64_t cell) const {
    const Place& place = places_->at(cell);
    const auto used = used_.find(cell);
    return place.spare - OfTarget(place) - (used == used_.end() ? 0 : used->second);
  }
  int64_t OfTarget(const Place& place) const {
    for (const Share& share : place.shares) {
      if (share.contributor == protection_->contributor) return share.value - least_;
    }
    return 0;
  }

  // What can move less if a contributor is among the two, at most; the largest first. A place that
  // has more left than two of them have loses nothing.
  std::vector<Loss> Losses() const {
    absl::flat_hash_map<int32_t, int64_t> losses;
    for (const auto& [cell, used] : used_) {
      const int64_t left = Left(cell);
      for (const Share& share : places_->at(cell).shares) {
        const int64_t lost = share.value - least_ - left / 2;
        if (lost <= 0) break;
        if (share.contributor == protection_->contributor) continue;
        losses[share.contributor] += std::min(used, lost);
      }
    }
    std::vector<Loss> order;
    for (const auto& [contributor, value] : losses) order.push_back({contributor, value});
    std::sort(order.begin(), order.end(), [](const Loss& a, const Loss& b) {
      return a.value != b.value ? a.value > b.value : a.contributor < b.contributor;
    });
    return order;
  }

  bool PairsLeaveEnough(const std::vector<Loss>& losses, int64_t may_lose) const {
    for (size_t i = 0; i < losses.size(); ++i) {
      if (losses[i].value > may_lose) return false;
      for (size_t j = i + 1; j < losses.size(); ++j) {
        if (losses[i].value + losses[j].value <= may_lose) break;
        if (i >= kMostSpoilers || j >= kMostSpoilers) return false;
        if (LostBy(losses[i].contributor, losses[j].contributor) > may_lose) return false;
      }
    }
    return true;
  }

  int64_t LostBy(int32_t one, int32_t other) const {
    int64_t lost = 0;
    for (const auto& [cell, used] : used_) {
      int64_t theirs = 0;
      for (const Share& share : places_->at(cell).shares) {
        if (share.contributor == one || share.contributor == other) theirs += share.value - least_;
      }
      lost += std::clamp<int64_t>(theirs - Left(cell), 0, used);
    }
    return lost;
  }

  const absl::flat_hash_map<int64_t, Place>* places_;
  const Protection* protection_;
  int64_t least_;
  std::vector<Way> ways_;
  int64_t moved_ = 0;
  std::vector<int64_t> used_from_;
  absl::flat_hash_map<int64_t, int64_t> used_;  // by place
};

class Maker {
  using Sides = absl::InlinedVector<unsigned, kMostDimensions>;

 public:
  Maker(const Table& table, const PatternOptions& options, int coarseness)
      : table_(table),
        grid_(table.grid()),
        options_(options),
        marks_(grid_.cell_count(), Mark::kHidden) {
    for (const auto& [cell, sum] : table_.sums()) {
      grand_total_ = std::max(grand_total_, sum.total);
      if (!options_.rule.Allows(sum)) {
        unsafe_.push_back(cell);
      } else if (grid_.Asked(cell) && grid_.Stars(cell) >= coarseness) {
        marks_[cell] = Mark::kTold;
      }
    }
    for (const int64_t cell : options_.withheld) marks_[cell] = Mark::kHidden;
    for (const int64_t cell : options_.known) marks_[cell] = Mark::kKnown;
    IndexPlaces();
    AddBoxes((1u << grid_.size()) - 1, {});
  }

  // Nothing if it takes too many ways.
  absl::StatusOr<std::optional<Pattern>> Make() {
    Pattern pattern;
    // What is about most comes first: what it hides, the finer ones can use.
    std::vector<std::pair<std::pair<int, int64_t>, int64_t>> order;
    for (const int64_t cell : unsafe_) {
      order.push_back({{-grid_.Stars(cell), -table_.Find(cell)->largest[0].value}, cell});
    }
    std::sort(order.begin(), order.end());
    for (const auto& [key, cell] : order) {
      if (options_.cancelled()) return absl::CancelledError();
      if (ways_ > options_.most_ways) return std::optional<Pattern>();
      if (!Protect(cell)) pattern.unprotected.push_back(cell);
    }
    TellAgain();
    pattern.told = options_.known;  // empty ones too
    for (const auto& [cell, sum] : table_.sums()) {
      if (marks_[cell] != Mark::kHidden) pattern.told.insert(cell);
    }
    return std::optional<Pattern>(std::move(pattern));
  }

 private:
  // All ways to choose disjoint sets of dimensions as sides of a box.
  void AddBoxes(unsigned left, const Sides& sides) {
    boxes_[sides.size()].push_back(sides);
    for (unsigned side = left; side > 0; side = (side - 1) & left) {
      // In the order of their first dimensions.
      if (!sides.empty() && (side & -side) < (sides.back() & -sides.back())) continue;
      Sides further = sides;
      further.push_back(side);
      AddBoxes(left & ~side, further);
    }
  }

  void IndexPlaces() {
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
      place.spare += share.value - options_.rule.least;
      place.shares = absl::MakeConstSpan(
          place.shares.empty() ? &shares_.back() : place.shares.data(), place.shares.size() + 1);
    }
    std::vector<std::pair<int64_t, int64_t>> by_spare;
    for (const auto& [cell, place] : places_) by_spare.push_back({-place.spare, cell});
    std::sort(by_spare.begin(), by_spare.end());
    for (const auto& [spare, cell] : by_spare) {
      if (popular_.size() < kMostPopular) popular_.push_back(places_.at(cell).values);
      for (unsigned side = 1; side < 1u << grid_.size(); ++side) {
        near_[{side, Outside(side, places_.at(cell).values)}].push_back(cell);
      }
    }
  }

  // --- what is to be protected -------------------------------------------------------------------

  // Keeps the parts of the three largest contributors from being known: of those who may pool what
  // they know, two at most are among them.
  bool Protect(int64_t cell) {
    bool protects = true;
    constexpr int kTargets = 3;
    for (int i = 0; i < kTargets && table_.Find(cell)->largest[i].contributor >= 0; ++i) {
      Protection less = ProtectionOf(cell, table_.Find(cell)->largest[i]);
      Protection more = less;
      more.more = true;
      AddPlacesWithin(cell, more);
      protects &= Protect(more);
      // Nobody can be thought to have less than everybody has.
      int64_t spare = 0;
      for (const Protection::From& from : less.from) spare += from.spare;
      less.amount = std::min(less.amount, spare);
      protects &= less.amount == 0 || Protect(less);
    }
    return protects;
  }

  Protection ProtectionOf(int64_t cell, const Share& share) const {
    const Numbers groups = grid_.GroupsOf(cell);
    Protection protection{
        cell, share.contributor, false, options_.rule.Protection(share.value), {}};
    for (const Contribution& one : table_.Of(share.contributor)) {
      if (!grid_.Holds(groups, one.place)) continue;
      protection.from.push_back({one.place, one.value - options_.rule.least});
    }
    absl::c_stable_sort(protection.from,
                        [](const auto& a, const auto& b) { return a.spare > b.spare; });
    // All that it takes to give up the amount.
    size_t needed = 0;
    for (int64_t spare = 0; needed < protection.from.size() && spare < protection.amount;
         ++needed) {
      spare += protection.from[needed].spare;
    }
    protection.from.resize(std::clamp(kMostPlaces, needed, protection.from.size()));
    return protection;
  }

  // What a contributor may have more can be anywhere in the cell.
  void AddPlacesWithin(int64_t cell, Protection& protection) const {
    const Numbers groups = grid_.GroupsOf(cell);
    for (const Numbers& popular : popular_) {
      if (protection.from.size() >= 2 * kMostPlaces) return;
      Numbers place = protection.from.front().place;
      for (int d = 0; d < grid_.size(); ++d) {
        if (groups[d] == Dimension::kAll) place[d] = popular[d];
      }
      const bool there =
          absl::c_any_of(protection.from, [&](const auto& from) { return from.place == place; });
      if (!there) protection.from.push_back({place, 0});
    }
  }

  bool Protect(const Protection& protection) {
    const std::optional<std::vector<Way>> ways = Find(protection, /*may_hide=*/true);
    if (!ways) return false;
    for (const Way& way : *ways) {
      for (const int64_t cell : way.cells) {
        marks_[cell] = Mark::kHidden;
        hidden_for_others_.insert(cell);
      }
    }
    Rest(protection, *ways);
    return true;
  }

  // Notes that a protection rests on cells being hidden.
  void Rest(const Protection& protection, const std::vector<Way>& ways) {
    protections_.push_back(protection);
    for (const Way& way : ways) {
      for (const int64_t cell : way.cells) resting_[cell].push_back(protections_.size() - 1);
    }
  }

  // --- ways --------------------------------------------------------------------------------------

  struct Search {
    const Protection& protection;
    const Numbers groups;  // of the cell that is protected
    const bool may_hide;
    size_t from = 0;  // which of the protection's places it is at
    std::vector<Way> costly;
    Bundle bundle;  // of ways that cost nothing

    const Numbers& place() const { return protection.from[from].place; }
  };

  // The cheapest ways along which enough can move, whoever pools what they know.
  std::optional<std::vector<Way>> Find(const Protection& protection, bool may_hide) {
    Search search{protection,           grid_.GroupsOf(protection.cell), may_hide, 0, {},
                  NewBundle(protection)};
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

  // Tries boxes with these sides. True once enough can move along ways that cost nothing; the
  // others are collected.
  bool TryBoxes(Search& search, const Sides& sides) {
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

  // Places that differ from where heads move in just these dimensions, in each: those that can give
  // up most.
  std::vector<Numbers> Opposites(const Search& search, unsigned moved) const {
    std::vector<Numbers> opposites;
    const auto near = near_.find({moved, Outside(moved, search.place())});
    if (near == near_.end()) return opposites;
    for (const int64_t cell : near->second) {
      if (opposites.size() == kMostOpposites) break;
      const Numbers& place = places_.at(cell).values;
      bool differs = true;
      for (int d = 0; d < grid_.size(); ++d) {
        differs &= !(moved >> d & 1) || place[d] != search.place()[d];
      }
      if (differs) opposites.push_back(place);
    }
    return opposites;
  }

  // A place without what it is along a side.
  Numbers Outside(unsigned side, Numbers place) const {
    for (int d = 0; d < grid_.size(); ++d) {
      if (side >> d & 1) place[d] = -1;
    }
    return place;
  }

  // Collects the way along a box, if there is one. True once enough can move along ways that cost
  // nothing.
  bool Try(Search& search, const Box& box) {
    ++ways_;
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
    return search.bundle.size() < Most(search) && search.bundle.Add(std::move(way)) &&
           search.bundle.Suffices();
  }

  // Ways that may be taken together.
  static size_t Most(const Search& search) {
    return std::max(kMostTogether, search.protection.from.size());
  }

  static bool Cheaper(const Way& a, const Way& b) {
    return a.cost * static_cast<double>(b.spare) < b.cost * static_cast<double>(a.spare);
  }

  static void KeepCheapest(std::vector<Way>& ways) {
    std::nth_element(ways.begin(), ways.begin() + kMostCostly, ways.end(), &Cheaper);
    ways.resize(kMostCostly);
  }

  // Adds the corners that give something up: every other one. False if nobody is in one of them, or
  // if the box is no way: the protected cell must end along each side.
  bool AddPlaces(const Search& search, const Box& box, Way& way) const {
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

  bool Splits(const Search& search, const Box& box, unsigned side) const {
    for (int d = 0; d < grid_.size(); ++d) {
      if ((side >> d & 1) && !grid_.dimensions()[d].Holds(search.groups[d], box.opposite[d])) {
        return true;
      }
    }
    return false;
  }

  // Adds the cells that a move changes: those that hold, along each side of the box, one of its
  // ends without the other. False if one of them must not be hidden.
  bool AddCells(const Search& search, const Box& box, Way& way) {
    std::array<absl::InlinedVector<int, 8>, kMostDimensions> groups;  // that hold an end
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

  bool AddCells(const Search& search, const Box& box,
                const std::array<absl::InlinedVector<int, 8>, kMostDimensions>& groups, int d,
                Numbers cell, Way& way) {
    if (d == grid_.size()) {
      return !Changes(search, box, cell) || AddCell(grid_.CellOf(cell), search.may_hide, way);
    }
    for (const int group : groups[d]) {
      cell[d] = group;
      if (!AddCells(search, box, groups, d + 1, cell, way)) return false;
    }
    return true;
  }

  bool Changes(const Search& search, const Box& box, const Numbers& cell) const {
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

  bool AddCell(int64_t cell, bool may_hide, Way& way) {
    const Mark mark = marks_[cell];
    if (mark == Mark::kKnown || (mark == Mark::kTold && !may_hide)) return false;
    if (mark == Mark::kTold) way.cost += Cost(cell);
    if (mark == Mark::kTold || hidden_for_others_.contains(cell)) way.cells.push_back(cell);
    return true;
  }

  // --- what hiding costs -------------------------------------------------------------------------

  // What is about all values of a dimension is asked for by most, and missed most.
  static double CostOfStars(int stars) {
    static constexpr double kCosts[] = {1, 50, 5'000, 500'000, 50'000'000};
    return kCosts[stars];
  }
  double Cost(int64_t cell) const {
    const Sum* const sum = table_.Find(cell);
    const double share = sum == nullptr ? 0 : static_cast<double>(sum->total) / grand_total_;
    return CostOfStars(grid_.Stars(cell)) * (1 + share);
  }

  // Adds to the ways that cost nothing those that cost least, one after the other, and leaves out
  // again what was not needed. Or, if that costs less, one way alone.
  std::optional<std::vector<Way>> Cheapest(const Search& search) const {
    std::vector<Way> alone;
    for (const Way& way : search.costly) {
      Bundle bundle = NewBundle(search.protection);
      if ((alone.empty() || way.cost < alone.front().cost) && bundle.Add(way) &&
          bundle.Suffices()) {
        alone = {way};
      }
    }
    std::optional<std::vector<Way>> together = Together(search);
    if (together && (alone.empty() || CostOf(*together) < CostOf(alone))) return together;
    if (alone.empty()) return std::nullopt;
    return alone;
  }

  std::optional<std::vector<Way>> Together(const Search& search) const {
    Bundle bundle = search.bundle;
    std::vector<Way> ways = search.costly;
    absl::flat_hash_set<int64_t> hidden;
    while (!bundle.Suffices()) {
      if (ways.empty() || bundle.size() >= Most(search)) return std::nullopt;
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

  Bundle NewBundle(const Protection& protection) const {
    return Bundle(places_, protection, options_.rule.least);
  }

  double CostOf(const Way& way, const absl::flat_hash_set<int64_t>& hidden) const {
    double cost = 0;
    for (const int64_t cell : way.cells) {
      if (marks_[cell] == Mark::kTold && !hidden.contains(cell)) cost += Cost(cell);
    }
    return cost;
  }

  double CostOf(const std::vector<Way>& ways) const {
    absl::flat_hash_set<int64_t> hidden;
    double cost = 0;
    for (const Way& way : ways) {
      cost += CostOf(way, hidden);
      hidden.insert(way.cells.begin(), way.cells.end());
    }
    return cost;
  }

  // --- telling again -----------------------------------------------------------------------------

  // Tells what was hidden for the sake of others where these can do without by now.
  void TellAgain() {
    std::vector<std::pair<double, int64_t>> order;
    for (const auto& [cell, resting] : resting_) order.push_back({-Cost(cell), cell});
    std::sort(order.begin(), order.end());
    for (const auto& [cost, cell] : order) {
      if (ways_ > options_.most_ways) return;
      TellAgain(cell);
    }
  }

  void TellAgain(int64_t cell) {
    marks_[cell] = Mark::kTold;
    hidden_for_others_.erase(cell);
    std::vector<std::pair<Protection, std::vector<Way>>> anew;
    for (const size_t i : resting_.at(cell)) {
      std::optional<std::vector<Way>> ways = Find(protections_[i], /*may_hide=*/false);
      if (!ways) {
        marks_[cell] = Mark::kHidden;
        hidden_for_others_.insert(cell);
        return;
      }
      anew.push_back({protections_[i], *std::move(ways)});
    }
    for (const auto& [protection, ways] : anew) Rest(protection, ways);
  }

  const Table& table_;
  const Grid& grid_;
  const PatternOptions& options_;
  std::vector<Share> shares_;
  absl::flat_hash_map<int64_t, Place> places_;
  std::vector<Numbers> popular_;  // the places that can give up most
  // Places by what they are outside a side, those that can give up most first.
  absl::flat_hash_map<std::pair<unsigned, Numbers>, std::vector<int64_t>> near_;
  std::array<std::vector<Sides>, kMostDimensions + 1> boxes_;  // by their number of sides
  std::vector<Mark> marks_;
  std::vector<int64_t> unsafe_;
  int64_t grand_total_ = 1;
  int64_t ways_ = 0;
  std::vector<Protection> protections_;
  absl::flat_hash_map<int64_t, std::vector<size_t>> resting_;  // protections on hidden cells
  absl::flat_hash_set<int64_t> hidden_for_others_;
};

}  // namespace

absl::StatusOr<Pattern> ChoosePattern(const Table& table, const PatternOptions& options) {
  for (int coarseness = 0; coarseness <= table.grid().size(); ++coarseness) {
    ASSIGN_OR_RETURN(std::optional<Pattern> pattern, Maker(table, options, coarseness).Make());
    if (!pattern) continue;
    // What was hidden early, before others were, may not be needed any more: with what is told now
    // as given, more can often be told.
    PatternOptions further = options;
    for (int round = 0; round < kMostRounds; ++round) {
      further.known = pattern->told;
      ASSIGN_OR_RETURN(std::optional<Pattern> more, Maker(table, further, coarseness).Make());
      const bool better = more && more->told.size() > pattern->told.size() &&
                          more->unprotected.size() <= pattern->unprotected.size();
      if (!better) break;
      pattern = std::move(more);
    }
    pattern->coarseness = coarseness;
    return *std::move(pattern);
  }
  // Nothing more is told, and what that leaves open nobody knows.
  Pattern nothing{options.known, {}, table.grid().size() + 1};
  for (const auto& [cell, sum] : table.sums()) {
    if (!options.known.empty() && !options.rule.Allows(sum)) nothing.unprotected.push_back(cell);
  }
  return nothing;
}

}  // namespace puente::disclosure
