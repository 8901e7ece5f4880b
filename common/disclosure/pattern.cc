#include "common/disclosure/pattern.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "common/disclosure/bundle.h"
#include "common/disclosure/ways.h"
#include "common/status/macros.h"

namespace puente::disclosure {
namespace {

using Mark = Marks::Mark;

// Places of a contributor that its part is moved through, unless it takes more to move enough.
constexpr size_t kMostPlaces = 6;
// Times that a pattern is improved on.
constexpr int kMostRounds = 3;

// Makes one pattern.
class Maker {
 public:
  Maker(const Table& table, const PatternOptions& options, int coarseness)
      : table_(table),
        grid_(table.grid()),
        options_(options),
        finder_(table, options.rule, marks_) {
    marks_.of.assign(grid_.cell_count(), Mark::kHidden);
    for (const auto& [cell, sum] : table_.sums()) {
      if (!options_.rule.Allows(sum)) {
        unsafe_.push_back(cell);
      } else if (grid_.Asked(cell) && grid_.Stars(cell) >= coarseness) {
        marks_.of[cell] = Mark::kTold;
      }
    }
    for (const int64_t cell : options_.withheld) marks_.of[cell] = Mark::kHidden;
    for (const int64_t cell : options_.known) marks_.of[cell] = Mark::kKnown;
  }

  // Protects everything, and tells what can be told all the same. Nothing if it takes too many
  // ways.
  absl::StatusOr<std::optional<Pattern>> Make() {
    ASSIGN_OR_RETURN(Pattern pattern, Protect());
    if (Exhausted()) return std::optional<Pattern>();
    RETURN_IF_ERROR(TellAgain());
    for (const auto& [cell, sum] : table_.sums()) {
      if (marks_.of[cell] != Mark::kHidden) pattern.told.insert(cell);
    }
    return std::optional<Pattern>(std::move(pattern));
  }

  // Protects everything; tells what is known, empty cells too.
  absl::StatusOr<Pattern> Protect() {
    Pattern pattern;
    pattern.told = options_.known;
    for (const int64_t cell : InOrder()) {
      if (options_.cancelled()) return absl::CancelledError();
      if (Exhausted() || !ProtectCell(cell)) pattern.unprotected.push_back(cell);
    }
    for (const PartToProtect& part : options_.parts) {
      if (options_.cancelled()) return absl::CancelledError();
      if (Exhausted() || !ProtectPart(part)) pattern.unprotected.push_back(part.cell);
    }
    return pattern;
  }

  int64_t ways() const { return finder_.tried(); }

 private:
  bool Exhausted() const { return ways() > options_.most_ways; }

  // --- what is to be protected -------------------------------------------------------------------

  // What is about most comes first: what it hides, the finer ones can use.
  std::vector<int64_t> InOrder() const {
    std::vector<std::pair<std::pair<int, int64_t>, int64_t>> order;
    for (const int64_t cell : unsafe_) {
      order.push_back({{-grid_.Stars(cell), -table_.Find(cell)->largest[0].value}, cell});
    }
    std::sort(order.begin(), order.end());
    std::vector<int64_t> cells;
    for (const auto& [key, cell] : order) cells.push_back(cell);
    return cells;
  }

  // Keeps the parts of the three largest contributors from being known: of those who may pool what
  // they know, two at most are among them.
  bool ProtectCell(int64_t cell) {
    bool protects = true;
    for (const Share& share : table_.Find(cell)->largest) {
      if (share.contributor < 0) break;
      protects &= ProtectPart({cell, share.contributor, options_.rule.Protection(share.value)});
    }
    return protects;
  }

  bool ProtectPart(const PartToProtect& part) {
    Protection less = ProtectionOf(part);
    Protection more = less;
    more.more = true;
    AddPlacesWithin(part.cell, more);
    if (!Protect(more)) return false;
    // Who left can't have less: that the cell is less is for another's part to hide.
    const Sum* const sum = table_.Find(part.cell);
    if (less.from.empty() && sum != nullptr) {
      less = ProtectionOf({part.cell, sum->largest[0].contributor, part.amount});
    }
    // Nobody can be thought to have less than everybody has.
    int64_t spare = 0;
    for (const Protection::From& from : less.from) spare += from.spare;
    less.amount = std::min(less.amount, spare);
    return less.amount == 0 || Protect(less);
  }

  Protection ProtectionOf(const PartToProtect& part) const {
    const Numbers groups = grid_.GroupsOf(part.cell);
    Protection protection{part.cell, part.contributor, false, part.amount, {}};
    for (const Contribution& one : table_.Of(part.contributor)) {
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
    protection.from.resize(std::min(std::max(kMostPlaces, needed), protection.from.size()));
    return protection;
  }

  // What a contributor may have more can be anywhere in the cell.
  void AddPlacesWithin(int64_t cell, Protection& protection) const {
    const Numbers groups = grid_.GroupsOf(cell);
    Numbers somewhere = grid_.PlaceOf(cell);
    if (!protection.from.empty()) somewhere = protection.from.front().place;
    for (const Numbers& popular : finder_.popular()) {
      if (protection.from.size() >= 2 * kMostPlaces) return;
      Numbers place = somewhere;
      for (int d = 0; d < grid_.size(); ++d) {
        if (groups[d] == Dimension::kAll) place[d] = popular[d];
      }
      const bool there =
          absl::c_any_of(protection.from, [&](const auto& from) { return from.place == place; });
      if (!there) protection.from.push_back({place, 0});
    }
  }

  bool Protect(const Protection& protection) {
    const std::optional<std::vector<Way>> ways = finder_.Find(protection, /*may_hide=*/true);
    if (!ways) return false;
    for (const Way& way : *ways) {
      for (const int64_t cell : way.cells) {
        marks_.of[cell] = Mark::kHidden;
        marks_.for_others.insert(cell);
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

  // --- telling again -----------------------------------------------------------------------------

  // Tells what was hidden for the sake of others where these can do without by now.
  absl::Status TellAgain() {
    std::vector<std::pair<double, int64_t>> order;
    for (const auto& [cell, resting] : resting_) order.push_back({-finder_.Cost(cell), cell});
    std::sort(order.begin(), order.end());
    for (const auto& [cost, cell] : order) {
      if (options_.cancelled()) return absl::CancelledError();
      if (Exhausted()) break;
      TellAgain(cell);
    }
    return absl::OkStatus();
  }

  void TellAgain(int64_t cell) {
    marks_.of[cell] = Mark::kTold;
    marks_.for_others.erase(cell);
    std::vector<std::pair<Protection, std::vector<Way>>> anew;
    for (const size_t i : resting_.at(cell)) {
      std::optional<std::vector<Way>> ways = finder_.Find(protections_[i], /*may_hide=*/false);
      if (!ways) {
        marks_.of[cell] = Mark::kHidden;
        marks_.for_others.insert(cell);
        return;
      }
      anew.push_back({protections_[i], *std::move(ways)});
    }
    for (const auto& [protection, ways] : anew) Rest(protection, ways);
  }

  const Table& table_;
  const Grid& grid_;
  const PatternOptions& options_;
  Marks marks_;
  WayFinder finder_;
  std::vector<int64_t> unsafe_;
  std::vector<Protection> protections_;
  absl::flat_hash_map<int64_t, std::vector<size_t>> resting_;  // protections on hidden cells
};

}  // namespace

absl::StatusOr<Pattern> ChoosePattern(const Table& table, const PatternOptions& options) {
  int64_t ways = 0;
  const auto make = [&](const PatternOptions& how,
                        int coarseness) -> absl::StatusOr<std::optional<Pattern>> {
    Maker maker(table, how, coarseness);
    ASSIGN_OR_RETURN(std::optional<Pattern> pattern, maker.Make());
    ways += maker.ways();
    return pattern;
  };
  for (int coarseness = 0; coarseness <= table.grid().size(); ++coarseness) {
    ASSIGN_OR_RETURN(std::optional<Pattern> pattern, make(options, coarseness));
    if (!pattern) continue;
    // What was hidden early, before others were, may not be needed any more: with what is told now
    // as given, more can often be told.
    PatternOptions further = options;
    for (int round = 0; round < kMostRounds; ++round) {
      further.known = pattern->told;
      ASSIGN_OR_RETURN(std::optional<Pattern> more, make(further, coarseness));
      const bool better = more && more->told.size() > pattern->told.size() &&
                          more->unprotected.size() <= pattern->unprotected.size();
      if (!better) break;
      pattern = std::move(more);
    }
    pattern->coarseness = coarseness;
    pattern->ways = ways;
    return *std::move(pattern);
  }
  ASSIGN_OR_RETURN(Pattern nothing, CheckPattern(table, options));
  nothing.ways += ways;
  return nothing;
}

absl::StatusOr<Pattern> CheckPattern(const Table& table, const PatternOptions& options) {
  const int coarseness = table.grid().size() + 1;
  Maker maker(table, options, coarseness);
  ASSIGN_OR_RETURN(Pattern pattern, maker.Protect());
  if (options.known.empty()) pattern.unprotected.clear();  // from nothing nothing follows
  pattern.coarseness = coarseness;
  pattern.ways = maker.ways();
  return pattern;
}

}  // namespace puente::disclosure
