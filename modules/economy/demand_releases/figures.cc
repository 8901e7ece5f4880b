#include "modules/economy/demand_releases/figures.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "common/disclosure/succession.h"
#include "common/status/macros.h"
#include "modules/economy/demand_releases/numbering.h"

namespace puente::economy::releases {
namespace {

using disclosure::Contribution;
using disclosure::Grid;
using disclosure::Numbers;
using disclosure::Successor;

constexpr size_t kMostSources = 20;  // of a cell

auto NeedOf(const Part& part) {
  return std::tie(part.company, part.group, part.skill, part.state_code, part.scian_class,
                  part.source);
}

// Parts as contributions.
class Contributions {
 public:
  explicit Contributions(const Numbering& numbering) : numbering_(numbering) {}

  void Add(const Part& part) { parts_.push_back({KeyOf(part), &part}); }

  std::vector<Contribution> Take() {
    std::stable_sort(parts_.begin(), parts_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Contribution> contributions;
    for (auto part = parts_.begin(); part != parts_.end();) {
      const auto first = part;
      while (part != parts_.end() && part->first == first->first) ++part;
      contributions.push_back(Together(first, part));
    }
    return contributions;
  }

  // A contributor and a place.
  using Key = std::pair<int, Numbers>;
  Key KeyOf(const Part& part) const {
    return {numbering_.ContributorOf(part), numbering_.PlaceOf(part)};
  }

 private:
  using Iterator = std::vector<std::pair<Key, const Part*>>::const_iterator;

  // Its detail is of what cells say beside heads.
  static Contribution Together(Iterator first, Iterator end) {
    Contribution one{first->first.first, first->first.second, 0, 0};
    int first_year = first->second->first_year;
    int last_year = first->second->last_year;
    std::set<std::string> sources;
    for (auto part = first; part != end; ++part) {
      one.value += part->second->heads;
      first_year = std::min(first_year, part->second->first_year);
      last_year = std::max(last_year, part->second->last_year);
      sources.insert(part->second->source);
    }
    one.detail = absl::HashOf(first_year, last_year, sources);
    return one;
  }

  const Numbering& numbering_;
  std::vector<std::pair<Key, const Part*>> parts_;
};

std::vector<Contribution> ContributionsOf(const Numbering& numbering,
                                          const std::vector<Part>& parts) {
  Contributions contributions(numbering);
  for (const Part& part : parts) contributions.Add(part);
  return contributions.Take();
}

// What an earlier release had otherwise than the last one, whose parts are sorted.
std::vector<Contribution> Otherwise(const Numbering& numbering, const std::vector<Part>& last,
                                    const Earlier& earlier) {
  Contributions contributions(numbering);
  std::set<Contributions::Key> touched;
  for (const auto* parts : {&earlier.gone, &earlier.come}) {
    for (const Part& part : *parts) touched.insert(contributions.KeyOf(part));
  }
  if (touched.empty()) return {};
  for (const Part& part : last) {
    if (std::binary_search(earlier.come.begin(), earlier.come.end(), part)) continue;
    if (touched.contains(contributions.KeyOf(part))) contributions.Add(part);
  }
  for (const Part& part : earlier.gone) contributions.Add(part);
  std::vector<Contribution> otherwise = contributions.Take();
  for (const Contribution& one : otherwise) touched.erase({one.contributor, one.place});
  for (const auto& [contributor, place] : touched) otherwise.push_back({contributor, place, 0, 0});
  return otherwise;
}

// Fills in the years and sources of told cells.
class Details {
 public:
  Details(const Grid& grid, const Numbering& numbering, const std::vector<Part>& parts,
          absl::flat_hash_map<int64_t, Cell>& cells)
      : grid_(grid), numbering_(numbering), cells_(cells) {
    for (const Part& part : parts) parts_.push_back(&part);
  }

  void Add() {
    AddYears();
    AddSources();
  }

 private:
  // A contributor's first and last year.
  struct Years {
    int first;
    int last;
  };
  // Of contributors enough for a figure, those that begin first, and those that end last.
  struct Outermost {
    std::vector<int> firsts;  // ascending
    std::vector<int> lasts;   // descending

    void Add(const Years& years) {
      firsts.insert(std::upper_bound(firsts.begin(), firsts.end(), years.first), years.first);
      lasts.insert(std::upper_bound(lasts.begin(), lasts.end(), years.last, std::greater<>()),
                   years.last);
      if (firsts.size() > kFewest) firsts.pop_back();
      if (lasts.size() > kFewest) lasts.pop_back();
    }
  };

  void AddYears() {
    absl::c_sort(parts_, [&](const Part* a, const Part* b) {
      return numbering_.ContributorOf(*a) < numbering_.ContributorOf(*b);
    });
    absl::flat_hash_map<int64_t, Outermost> outermost;
    absl::flat_hash_map<int64_t, Years> of_contributor;
    for (size_t i = 0; i < parts_.size(); ++i) {
      const Part& part = *parts_[i];
      ForToldCellsOf(part, [&](int64_t cell) {
        const auto [years, fresh] =
            of_contributor.try_emplace(cell, Years{part.first_year, part.last_year});
        years->second.first = std::min(years->second.first, part.first_year);
        years->second.last = std::max(years->second.last, part.last_year);
      });
      if (i + 1 < parts_.size() && SameContributor(part, *parts_[i + 1])) continue;
      for (const auto& [cell, years] : of_contributor) outermost[cell].Add(years);
      of_contributor.clear();
    }
    for (const auto& [number, years] : outermost) {
      if (years.firsts.size() < kFewest) continue;
      cells_[number].first_year = years.firsts.back();
      cells_[number].last_year = years.lasts.back();
    }
  }

  void AddSources() {
    absl::c_sort(parts_, [&](const Part* a, const Part* b) {
      return a->source != b->source ? a->source < b->source
                                    : numbering_.ContributorOf(*a) < numbering_.ContributorOf(*b);
    });
    absl::flat_hash_set<int64_t> of_contributor;
    absl::flat_hash_map<int64_t, int> contributors;  // of one source, by cell
    for (size_t i = 0; i < parts_.size(); ++i) {
      const Part& part = *parts_[i];
      ForToldCellsOf(part, [&](int64_t cell) {
        if (of_contributor.insert(cell).second) ++contributors[cell];
      });
      const bool last = i + 1 == parts_.size();
      const bool same_source = !last && parts_[i + 1]->source == part.source;
      if (!same_source || !SameContributor(part, *parts_[i + 1])) of_contributor.clear();
      if (same_source) continue;
      for (const auto& [number, count] : contributors) {
        std::vector<std::string>& sources = cells_[number].sources;
        if (count >= kFewest && sources.size() < kMostSources) sources.push_back(part.source);
      }
      contributors.clear();
    }
  }

  bool SameContributor(const Part& a, const Part& b) const {
    return numbering_.ContributorOf(a) == numbering_.ContributorOf(b);
  }

  template <class Each>
  void ForToldCellsOf(const Part& part, const Each& each) const {
    grid_.ForCellsOf(numbering_.PlaceOf(part), [&](int64_t cell) {
      if (cells_.contains(cell)) each(cell);
    });
  }

  const Grid& grid_;
  const Numbering& numbering_;
  std::vector<const Part*> parts_;
  absl::flat_hash_map<int64_t, Cell>& cells_;
};

// Sectors that contributors enough for a figure state too coarse a class for.
std::vector<std::string> CouldNotSplit(const Numbering& numbering, const Sectors& sectors,
                                       const std::vector<Part>& parts) {
  std::map<std::string, std::set<int>> of_class;  // contributors
  for (const Part& part : parts) {
    of_class[part.scian_class].insert(numbering.ContributorOf(part));
  }
  std::vector<std::string> names;
  for (const auto& [name, prefixes] : sectors) {
    std::set<int> too_coarse;
    for (const auto& [scian_class, contributors] : of_class) {
      if (BelongsTo(scian_class, prefixes) != Belongs::kTooCoarse) continue;
      too_coarse.insert(contributors.begin(), contributors.end());
    }
    if (too_coarse.size() >= kFewest) names.push_back(name);
  }
  return names;
}

// The parts that are told: as before where something waits.
std::vector<Part> PartsOf(const Basis& before, std::vector<Part> now, const Numbering& numbering,
                          const Successor& next) {
  const auto waits = [&](const Part& part) {
    return next.waiting.contains({numbering.ContributorOf(part), numbering.PlaceOf(part)});
  };
  std::erase_if(now, waits);
  absl::c_copy_if(before.parts, std::back_inserter(now), waits);
  absl::c_sort(now);
  return now;
}

}  // namespace

void Compact(std::vector<Part>& parts) {
  std::sort(parts.begin(), parts.end());
  size_t kept = 0;
  for (size_t i = 1; i < parts.size(); ++i) {
    Part& last = parts[kept];
    if (NeedOf(last) != NeedOf(parts[i])) {
      if (++kept != i) parts[kept] = std::move(parts[i]);
      continue;
    }
    last.heads += parts[i].heads;
    last.first_year = std::min(last.first_year, parts[i].first_year);
    last.last_year = std::max(last.last_year, parts[i].last_year);
  }
  if (!parts.empty()) parts.resize(kept + 1);
}

absl::StatusOr<Figures> MakeFigures(const Basis& before, std::vector<Part> now,
                                    const Sectors& sectors, std::function<bool()> cancelled) {
  const Numbering numbering(before, now, sectors);
  const Grid grid = numbering.MakeGrid();
  disclosure::PatternOptions options;
  options.cancelled = std::move(cancelled);
  std::vector<disclosure::Earlier> earlier;
  for (const Earlier& one : before.earlier) {
    earlier.push_back({Otherwise(numbering, before.parts, one), numbering.Told(grid, one)});
  }
  ASSIGN_OR_RETURN(const Successor next,
                   disclosure::Succeed(grid, ContributionsOf(numbering, before.parts), earlier,
                                       ContributionsOf(numbering, now), options));
  Figures figures;
  figures.parts = PartsOf(before, std::move(now), numbering, next);
  figures.could_not_split = CouldNotSplit(numbering, sectors, figures.parts);
  figures.nothing_new = next.nothing_new;

  absl::flat_hash_map<int64_t, Cell> cells;
  for (const int64_t number : next.pattern.told) {
    std::optional<Key> key = numbering.KeyOf(grid.GroupsOf(number));
    if (!key) continue;
    Cell& cell = cells[number];
    cell.key = *std::move(key);
    cell.behind = next.behind.contains(number);
    if (const disclosure::Sum* const sum = next.basis.Find(number)) {
      cell.heads = sum->total;
      cell.companies = sum->contributors;
    }
  }
  Details(grid, numbering, figures.parts, cells).Add();
  for (auto& [number, cell] : cells) figures.cells.push_back(std::move(cell));
  absl::c_sort(figures.cells, [](const Cell& a, const Cell& b) { return a.key < b.key; });
  return figures;
}

}  // namespace puente::economy::releases
