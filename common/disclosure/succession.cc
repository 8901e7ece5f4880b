#include "common/disclosure/succession.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "common/status/macros.h"

namespace puente::disclosure {
namespace {

// After so many times the ways that one pattern may take, everything waits.
constexpr int64_t kMostPatterns = 10;

// A contributor's part of a place.
using Key = std::pair<int32_t, Numbers>;
Key KeyOf(const Contribution& one) { return {one.contributor, one.place}; }

// What it comes to; 0 where there is none.
struct Stated {
  int64_t value = 0;
  uint64_t detail = 0;

  bool operator==(const Stated&) const = default;
};

// How much changed: with another detail all.
int64_t Change(const Stated& one, const Stated& other) {
  if (one.detail != other.detail) return std::max(one.value, other.value);
  return std::abs(one.value - other.value);
}

// A part in an earlier release, in the last one, and now.
struct Path {
  int32_t contributor = 0;
  Numbers place = {};
  Stated then;
  Stated last;
  Stated now;

  Key key() const { return {contributor, place}; }
};

// What changed of a cell since an earlier release.
struct Changed {
  // By how much each contributor's parts changed, one after the other.
  Sum gross;
  // How far they are from what they came to together, of those contributors who are: the figure
  // itself moves by no more, however many others have moved within the cell.
  Sum net;
};
using Changes = absl::flat_hash_map<int64_t, Changed>;  // by cell

std::vector<Contribution> Sorted(std::vector<Contribution> contributions) {
  std::sort(contributions.begin(), contributions.end());
  return contributions;
}

// Calls each(contributor, place, in_one, in_other) for what is in one or the other, both sorted.
template <class Each>
void Merge(const std::vector<Contribution>& one, const std::vector<Contribution>& other,
           const Each& each) {
  auto a = one.begin();
  auto b = other.begin();
  while (a != one.end() || b != other.end()) {
    const bool from_a = b == other.end() || (a != one.end() && KeyOf(*a) <= KeyOf(*b));
    const bool from_b = a == one.end() || (b != other.end() && KeyOf(*b) <= KeyOf(*a));
    const Contribution& key = from_a ? *a : *b;
    each(key.contributor, key.place, from_a ? &*a : nullptr, from_b ? &*b : nullptr);
    if (from_a) ++a;
    if (from_b) ++b;
  }
}

Stated Of(const Contribution* one) {
  return one == nullptr ? Stated() : Stated{one->value, one->detail};
}

std::vector<Path> ChangesBetween(const std::vector<Contribution>& last,
                                 const std::vector<Contribution>& now) {
  std::vector<Path> changes;
  Merge(last, now, [&](int32_t contributor, const Numbers& place, const auto* a, const auto* b) {
    if (Of(a) != Of(b)) changes.push_back({contributor, place, Of(a), Of(a), Of(b)});
  });
  return changes;
}

class Release {
 public:
  Release(const Grid& grid, const std::vector<Contribution>& basis,
          const std::vector<Earlier>& earlier, const std::vector<Contribution>& now,
          const PatternOptions& options)
      : grid_(grid),
        last_(Sorted(basis)),
        earlier_(earlier),
        options_(options),
        changes_(ChangesBetween(last_, Sorted(now))) {
    // Nobody knows that there is a change at all.
    rule_of_changes_ = options_.rule;
    rule_of_changes_.least = 0;
    for (const Earlier& one : earlier_) {
      told_.insert(one.told.begin(), one.told.end());
      paths_.push_back(PathsFrom(one));
    }
    hidden_.resize(earlier_.size());
  }

  absl::StatusOr<Successor> Make() {
    int64_t ways = 0;
    while (ways <= kMostPatterns * options_.most_ways) {
      Table basis = Basis();
      const std::vector<Changes> changes = ChangesSinceEach();
      if (HoldBackSeen(changes, basis)) continue;
      // Everything must be hidden at least if nothing new is told.
      const PatternOptions options = OptionsFor(changes, basis);
      ASSIGN_OR_RETURN(Pattern pattern, CheckPattern(basis, options));
      ways += pattern.ways;
      absl::flat_hash_set<int64_t> open;
      for (const int64_t cell : pattern.unprotected) {
        if (IsOpen(cell, changes)) open.insert(cell);
      }
      if (!open.empty()) {
        if (HoldBack(open) || HoldBackNear(open)) continue;
        if (!lost_.empty() || pattern.ways > options_.most_ways) break;
        lost_ = std::move(open);
        waits_.clear();
        continue;
      }
      // What is lost is no secret that more figures could give away if it is told itself.
      ASSIGN_OR_RETURN(Pattern more, ChoosePattern(basis, options));
      if (absl::c_all_of(more.unprotected, [&](int64_t cell) {
            return told_.contains(cell) && !IsOpen(cell, changes);
          })) {
        pattern = std::move(more);
      }
      return Successor{std::move(basis), std::move(pattern), waits_, Behind()};
    }
    return NothingNew();
  }

 private:
  // --- what changes ------------------------------------------------------------------------------

  const Stated& Told(const Path& path) const {
    return waits_.contains(path.key()) ? path.last : path.now;
  }

  std::vector<Path> PathsFrom(const Earlier& earlier) const {
    absl::flat_hash_map<Key, Path> paths;
    for (const Path& change : changes_) paths[change.key()] = change;
    for (const Contribution& one : earlier.otherwise) {
      const auto [path, fresh] =
          paths.try_emplace(KeyOf(one), Path{one.contributor, one.place, {}, {}, {}});
      if (fresh) path->second.last = path->second.now = LastOf(one);
      path->second.then = {one.value, one.value == 0 ? 0 : one.detail};
    }
    std::vector<Path> list;
    list.reserve(paths.size());
    for (auto& [key, path] : paths) list.push_back(path);
    absl::c_sort(list, [](const Path& a, const Path& b) { return a.key() < b.key(); });
    return list;
  }

  Stated LastOf(const Contribution& like) const {
    const auto found = std::lower_bound(
        last_.begin(), last_.end(), like,
        [](const Contribution& a, const Contribution& b) { return KeyOf(a) < KeyOf(b); });
    return found != last_.end() && KeyOf(*found) == KeyOf(like) ? Of(&*found) : Stated();
  }

  Table Basis() const {
    std::vector<Contribution> current;
    for (const Path& change : changes_) {
      const Stated& stated = Told(change);
      current.push_back({change.contributor, change.place, stated.value, stated.detail});
    }
    return Replaced(current);
  }

  // The last basis with these in it, sorted; 0 leaves one out.
  Table Replaced(const std::vector<Contribution>& by) const {
    std::vector<Contribution> contributions;
    contributions.reserve(last_.size() + by.size());
    Merge(last_, by, [&](int32_t, const Numbers&, const auto* last, const auto* other) {
      const Contribution& one = other == nullptr ? *last : *other;
      if (one.value > 0) contributions.push_back(one);
    });
    return Table(grid_, std::move(contributions));
  }

  std::vector<Changes> ChangesSinceEach() const {
    std::vector<Changes> changes;
    for (const std::vector<Path>& paths : paths_) changes.push_back(ChangesAlong(paths));
    return changes;
  }

  Changes ChangesAlong(const std::vector<Path>& paths) const {
    struct Parts {
      int64_t gross = 0;
      int64_t net = 0;
    };
    Changes changes;
    absl::flat_hash_map<int64_t, Parts> parts;  // of one contributor, by cell
    for (size_t i = 0; i < paths.size(); ++i) {
      const Path& path = paths[i];
      const Stated& told = Told(path);
      if (const int64_t change = Change(path.then, told); change > 0) {
        grid_.ForCellsOf(path.place, [&](int64_t cell) {
          Parts& of_cell = parts[cell];
          of_cell.gross += change;
          of_cell.net += told.value - path.then.value;
        });
      }
      if (i + 1 < paths.size() && paths[i + 1].contributor == path.contributor) continue;
      for (const auto& [cell, of_cell] : parts) {
        Changed& changed = changes[cell];
        changed.gross.Add({path.contributor, of_cell.gross});
        if (of_cell.net != 0) changed.net.Add({path.contributor, std::abs(of_cell.net)});
      }
      parts.clear();
    }
    return changes;
  }

  // --- what must wait ----------------------------------------------------------------------------

  // Has the changes wait of which waits(change, cell) says so for a cell that they are in. False if
  // there are none.
  template <class Waits>
  bool HoldBackWhere(const Waits& waits) {
    bool any = false;
    for (const Path& change : changes_) {
      bool held = false;
      grid_.ForCellsOf(change.place, [&](int64_t cell) { held |= waits(change, cell); });
      if (held) any |= waits_.insert(change.key()).second;
    }
    return any;
  }

  // All changes within these cells.
  bool HoldBack(const absl::flat_hash_set<int64_t>& cells) {
    return HoldBackWhere([&](const Path&, int64_t cell) { return cells.contains(cell); });
  }

  // A contributor's parts of a cell.
  using PartsOf = std::pair<int64_t, int32_t>;

  // Adds those of these cells that come to something else than in an earlier release.
  void AddNets(size_t earlier, const absl::flat_hash_set<int64_t>& cells,
               absl::flat_hash_set<PartsOf>& parts) const {
    if (cells.empty()) return;
    absl::flat_hash_map<PartsOf, int64_t> nets;
    for (const Path& path : paths_[earlier]) {
      grid_.ForCellsOf(path.place, [&](int64_t cell) {
        if (!cells.contains(cell)) return;
        nets[{cell, path.contributor}] += Told(path).value - path.then.value;
      });
    }
    for (const auto& [of_cell, net] : nets) {
      if (net != 0) parts.insert(of_cell);
    }
  }

  // Has the changes wait that are nearest to these cells: those outside that share most with one,
  // through which what is within could have moved. False if nothing is left that could wait.
  bool HoldBackNear(const absl::flat_hash_set<int64_t>& cells) {
    std::map<int, std::vector<Key>> by_distance;
    for (const Path& change : changes_) {
      if (waits_.contains(change.key())) continue;
      int nearest = grid_.size();
      for (const int64_t cell : cells) nearest = std::min(nearest, Distance(cell, change.place));
      by_distance[nearest].push_back(change.key());
    }
    if (by_distance.empty()) return false;
    const std::vector<Key>& keys = by_distance.begin()->second;
    waits_.insert(keys.begin(), keys.end());
    return true;
  }

  // In how many dimensions a place lies outside a cell.
  int Distance(int64_t cell, const Numbers& place) const {
    const Numbers groups = grid_.GroupsOf(cell);
    int distance = 0;
    for (int d = 0; d < grid_.size(); ++d) {
      distance += !grid_.dimensions()[d].Holds(groups[d], place[d]);
    }
    return distance;
  }

  // Has the changes wait that would be seen in what is told already. True if there are any.
  bool HoldBackSeen(const std::vector<Changes>& changes, const Table& basis) {
    absl::flat_hash_set<int64_t> cells;
    absl::flat_hash_set<int64_t> by_net;
    absl::flat_hash_set<PartsOf> parts;
    for (size_t i = 0; i < changes.size(); ++i) {
      absl::flat_hash_set<int64_t> moved;
      for (const auto& [cell, changed] : changes[i]) {
        if (!told_.contains(cell)) continue;
        const Sum* const sum = basis.Find(cell);
        const bool allowed = i > 0 || sum == nullptr || options_.rule.Allows(*sum);
        if (!allowed || Shows(i, cell, changed.gross)) {
          cells.insert(cell);
        } else if (Shows(i, cell, changed.net)) {
          moved.insert(cell);
        }
      }
      AddNets(i, moved, parts);
      by_net.insert(moved.begin(), moved.end());
    }
    // Whoever has moved within a cell, and adds to it what was there, doesn't wait for those who
    // don't; unless all of these had changed before.
    return HoldBackWhere([&](const Path& change, int64_t cell) {
             return cells.contains(cell) || parts.contains({cell, change.contributor});
           }) ||
           HoldBack(by_net);
  }

  // Whether a change of a cell since an earlier release would be seen if the cell is told now.
  bool Shows(size_t earlier, int64_t cell, const Sum& change) {
    return change.contributors > 0 && !rule_of_changes_.Allows(change) &&
           !WasHidden(earlier, cell, change);
  }

  // Whether a cell that nothing protects is for what waits to protect: not if it is open though
  // nothing new is told, and nothing new is told of it.
  bool IsOpen(int64_t cell, const std::vector<Changes>& changes) const {
    return !lost_.contains(cell) || changes.front().contains(cell);
  }

  // Whether a cell was so well hidden in an earlier release that its change is: for the sake of a
  // part of its own that is at least as large as what changed.
  bool WasHidden(size_t earlier, int64_t cell, const Sum& change) {
    if (earlier_[earlier].told.contains(cell)) return false;
    const auto& hidden = HiddenIn(earlier);
    const auto found = hidden.find(cell);
    return found != hidden.end() && found->second >= change.largest[0].value;
  }

  // The cells that the rule didn't allow in an earlier release, with their largest parts.
  const absl::flat_hash_map<int64_t, int64_t>& HiddenIn(size_t earlier) {
    auto& hidden = hidden_[earlier];
    if (!hidden) {
      hidden.emplace();
      const Table table = Replaced(Sorted(earlier_[earlier].otherwise));
      for (const auto& [cell, sum] : table.sums()) {
        if (!options_.rule.Allows(sum)) (*hidden)[cell] = sum.largest[0].value;
      }
    }
    return *hidden;
  }

  // --- what is told ------------------------------------------------------------------------------

  // A change that the rule doesn't allow is kept from being told and from being known. The largest
  // that there was since any earlier release counts.
  PatternOptions OptionsFor(const std::vector<Changes>& changes, const Table& basis) {
    PatternOptions options = options_;
    options.known = told_;
    std::map<PartsOf, int64_t> amounts;
    for (size_t i = 0; i < changes.size(); ++i) {
      for (const auto& [cell, changed] : changes[i]) {
        // What the last release told of it is told again.
        if (told_.contains(cell) && !changes.front().contains(cell)) continue;
        for (const Sum* const change : {&changed.gross, &changed.net}) {
          if (!Shows(i, cell, *change)) continue;
          options.withheld.insert(cell);
          for (const Share& share : change->largest) {
            if (share.contributor < 0) break;
            int64_t& amount = amounts[{cell, share.contributor}];
            amount = std::max(amount, rule_of_changes_.Protection(share.value));
          }
        }
      }
    }
    for (const auto& [part, amount] : amounts) {
      const PartToProtect one = {part.first, part.second, amount};
      if (!IsProtected(one, basis)) options.parts.push_back(one);
    }
    return options;
  }

  // Whether a part is protected anyhow, as one of the largest of a cell that the rule doesn't
  // allow.
  bool IsProtected(const PartToProtect& part, const Table& basis) const {
    const Sum* const sum = basis.Find(part.cell);
    if (sum == nullptr || options_.rule.Allows(*sum)) return false;
    return std::any_of(sum->largest.begin(), sum->largest.end(), [&](const Share& share) {
      return share.contributor == part.contributor &&
             options_.rule.Protection(share.value) >= part.amount;
    });
  }

  absl::flat_hash_set<int64_t> Behind() const {
    absl::flat_hash_set<int64_t> cells;
    for (const Path& change : changes_) {
      if (!waits_.contains(change.key())) continue;
      grid_.ForCellsOf(change.place, [&](int64_t cell) { cells.insert(cell); });
    }
    return cells;
  }

  Successor NothingNew() {
    for (const Path& change : changes_) waits_.insert(change.key());
    Pattern as_before;
    as_before.told = told_;
    return {Basis(), std::move(as_before), waits_, Behind(), /*nothing_new=*/true};
  }

  const Grid& grid_;
  const std::vector<Contribution> last_;  // sorted
  const std::vector<Earlier>& earlier_;
  const PatternOptions& options_;
  const std::vector<Path> changes_;    // since the last release
  absl::flat_hash_set<int64_t> told_;  // ever
  Rule rule_of_changes_;
  std::vector<std::vector<Path>> paths_;  // from each earlier release
  std::vector<std::optional<absl::flat_hash_map<int64_t, int64_t>>> hidden_;  // once looked at
  absl::flat_hash_set<Key> waits_;
  // Cells that are open though everything waits: contributors have become one since, or another
  // rule held. Waiting protects no more of them than they are.
  absl::flat_hash_set<int64_t> lost_;
};

}  // namespace

absl::StatusOr<Successor> Succeed(const Grid& grid, const std::vector<Contribution>& basis,
                                  const std::vector<Earlier>& earlier,
                                  const std::vector<Contribution>& now,
                                  const PatternOptions& options) {
  return Release(grid, basis, earlier, now, options).Make();
}

}  // namespace puente::disclosure
