#include "common/disclosure/succession.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "common/status/macros.h"

namespace puente::disclosure {
namespace {

// After so many rounds of finding what must wait, or so many times the ways that one pattern may
// take, everything waits.
constexpr int kMostRounds = 20;
constexpr int64_t kMostPatterns = 10;

// A contributor's part of a place that is no longer what it was; 0 where there is none.
struct Change {
  int32_t contributor = 0;
  Numbers place = {};
  int64_t before = 0;
  int64_t after = 0;
};

std::vector<Change> ChangesBetween(const std::vector<Contribution>& before,
                                   const std::vector<Contribution>& after) {
  std::map<std::pair<int32_t, Numbers>, Change> changes;
  const auto at = [&](const Contribution& one) -> Change& {
    Change& change = changes[{one.contributor, one.place}];
    change.contributor = one.contributor;
    change.place = one.place;
    return change;
  };
  for (const Contribution& one : before) at(one).before = one.value;
  for (const Contribution& one : after) at(one).after = one.value;
  std::vector<Change> changed;
  for (const auto& [key, change] : changes) {
    if (change.before != change.after) changed.push_back(change);
  }
  return changed;
}

class Release {
 public:
  Release(const Grid& grid, const std::vector<Contribution>& basis,
          const absl::flat_hash_set<int64_t>& told, const std::vector<Contribution>& now,
          const PatternOptions& options)
      : grid_(grid),
        before_(basis),
        told_(told),
        options_(options),
        changes_(ChangesBetween(basis, now)) {}

  absl::StatusOr<Successor> Make() {
    int64_t ways = 0;
    for (int round = 0; round < kMostRounds; ++round) {
      if (ways > kMostPatterns * options_.most_ways) break;
      const Table difference = Difference();
      Table basis = Basis();
      if (HoldBackSeen(difference, basis)) continue;
      PatternOptions options = options_;
      options.known = told_;
      options.withheld = told_.empty() ? absl::flat_hash_set<int64_t>() : Unsafe(difference);
      ASSIGN_OR_RETURN(Pattern pattern, ChoosePattern(basis, options));
      ways += pattern.ways;
      if (HoldBack(pattern.unprotected)) continue;
      if (!pattern.unprotected.empty()) break;  // by what stays as it was
      ASSIGN_OR_RETURN(const Pattern seen, SeenIn(difference, pattern));
      ways += seen.ways;
      if (HoldBack(seen.unprotected)) continue;
      return Successor{std::move(basis), std::move(pattern), waits_, Behind()};
    }
    return NothingNew();
  }

 private:
  // By how much the parts change that don't wait.
  Table Difference() const {
    std::vector<Contribution> changes;
    for (const Change& change : changes_) {
      if (waits_.contains(grid_.PlaceCell(change.place))) continue;
      changes.push_back({change.contributor, change.place, std::abs(change.after - change.before)});
    }
    return Table(grid_, std::move(changes));
  }

  Table Basis() const {
    std::map<std::pair<int32_t, Numbers>, int64_t> values;
    for (const Contribution& one : before_) values[{one.contributor, one.place}] = one.value;
    for (const Change& change : changes_) {
      if (!waits_.contains(grid_.PlaceCell(change.place))) {
        values[{change.contributor, change.place}] = change.after;
      }
    }
    std::vector<Contribution> contributions;
    for (const auto& [key, value] : values) {
      if (value > 0) contributions.push_back({key.first, key.second, value});
    }
    return Table(grid_, std::move(contributions));
  }

  // Has the changes wait that would be seen in what is told already. True if there are any.
  bool HoldBackSeen(const Table& difference, const Table& basis) {
    std::vector<int64_t> cells;
    for (const int64_t cell : told_) {
      const Sum* const change = difference.Find(cell);
      if (change == nullptr) continue;
      const Sum* const sum = basis.Find(cell);
      const bool allowed = sum == nullptr || options_.rule.Allows(*sum);
      if (!allowed || !OfChanges().Allows(*change)) cells.push_back(cell);
    }
    return HoldBack(cells);
  }

  // Has all changes within these cells wait. False if there are none.
  bool HoldBack(const std::vector<int64_t>& cells) {
    const absl::flat_hash_set<int64_t> wanted(cells.begin(), cells.end());
    bool any = false;
    for (const Change& change : changes_) {
      bool within = false;
      grid_.ForCellsOf(change.place, [&](int64_t cell) { within |= wanted.contains(cell); });
      if (within) any |= waits_.insert(grid_.PlaceCell(change.place)).second;
    }
    return any;
  }

  absl::flat_hash_set<int64_t> Unsafe(const Table& table) const {
    absl::flat_hash_set<int64_t> cells;
    for (const auto& [cell, sum] : table.sums()) {
      if (!OfChanges().Allows(sum)) cells.insert(cell);
    }
    return cells;
  }

  // The rule for changes: nobody knows that there is one at all.
  Rule OfChanges() const {
    Rule rule = options_.rule;
    rule.least = 0;
    return rule;
  }

  // What of the changes stays unprotected though nothing but the pattern's cells is told.
  absl::StatusOr<Pattern> SeenIn(const Table& difference, const Pattern& pattern) const {
    if (told_.empty()) return Pattern();
    PatternOptions options = options_;
    options.rule = OfChanges();
    for (const int64_t cell : pattern.told) options.known.insert(cell);
    return ChoosePattern(difference, options);
  }

  absl::flat_hash_set<int64_t> Behind() const {
    absl::flat_hash_set<int64_t> cells;
    std::vector<Contribution> waiting;
    for (const Change& change : changes_) {
      if (waits_.contains(grid_.PlaceCell(change.place))) {
        waiting.push_back({change.contributor, change.place, 1});
      }
    }
    const Table table(grid_, std::move(waiting));
    for (const auto& [cell, sum] : table.sums()) cells.insert(cell);
    return cells;
  }

  Successor NothingNew() {
    for (const Change& change : changes_) waits_.insert(grid_.PlaceCell(change.place));
    Pattern as_before;
    as_before.told = told_;
    return {Basis(), std::move(as_before), waits_, Behind()};
  }

  const Grid& grid_;
  const std::vector<Contribution>& before_;
  const absl::flat_hash_set<int64_t>& told_;
  const PatternOptions& options_;
  const std::vector<Change> changes_;
  absl::flat_hash_set<int64_t> waits_;  // places
};

}  // namespace

absl::StatusOr<Successor> Succeed(const Grid& grid, const std::vector<Contribution>& basis,
                                  const absl::flat_hash_set<int64_t>& told,
                                  const std::vector<Contribution>& now,
                                  const PatternOptions& options) {
  return Release(grid, basis, told, now, options).Make();
}

}  // namespace puente::disclosure
