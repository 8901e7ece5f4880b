#include "common/releases/figures.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "common/disclosure/succession.h"
#include "common/status/macros.h"

namespace puente::releases {
namespace {

using disclosure::Contribution;
using disclosure::Grid;
using disclosure::Numbers;
using disclosure::Successor;

// Of a table with two dimensions, places with fewer than a figure needs, each of which is to be
// protected; a quarter of it with one dimension more, where there are more ways to look at. What is
// emptier takes more effort than is allowed, and nothing would be told.
constexpr int64_t kMostThin = 40'000;

// Different contributors, as many as a figure needs, in the end.
class Few {
 public:
  void Add(int32_t contributor, int fewest) {
    if (Enough(fewest) || absl::c_linear_search(different_, contributor)) return;
    different_.push_back(contributor);
  }
  bool Enough(int fewest) const { return static_cast<int>(different_.size()) >= fewest; }

 private:
  std::vector<int32_t> different_;
};

// Texts as the numbers that disclosure control knows, of a release and of those that it follows.
class Numbering {
 public:
  // By the first `dimensions` alone.
  Numbering(const Table& table, size_t dimensions, Texts& texts, const Joined& joined,
            const Basis& before, const std::vector<Part>& now)
      : table_(table), dimensions_(dimensions), joined_(joined) {
    for (size_t d = 0; d < dimensions_; ++d) {
      if (table.dimensions[d].all.empty()) {
        AddAskable(d, before, now);
        continue;
      }
      for (const absl::string_view text : table.dimensions[d].all) Add(d, texts.Of(text));
    }
  }

  Grid MakeGrid() const {
    std::vector<disclosure::Dimension> dimensions;
    for (size_t d = 0; d < dimensions_; ++d) {
      const int size = static_cast<int>(values_[d].size());
      std::vector<std::vector<int>> asked;
      for (int value = 0; value < size; ++value) asked.push_back({value});
      const int others = table_.dimensions[d].all.empty() ? 1 : 0;
      dimensions.push_back(disclosure::Dimension::OfGroups(size + others, asked));
    }
    return Grid(std::move(dimensions));
  }

  // The person, company, … that it is now.
  int32_t ContributorOf(const Part& part) const {
    const auto found = joined_.find(part.contributor);
    return found == joined_.end() ? part.contributor : found->second;
  }
  Numbers PlaceOf(const Part& part) const {
    Numbers place = {};
    for (size_t d = 0; d < dimensions_; ++d) {
      const auto found = number_of_[d].find(part.place[d]);
      place[d] = found == number_of_[d].end() ? static_cast<int>(values_[d].size()) : found->second;
    }
    return place;
  }
  // Whether a cell is about all values of the dimensions that are left out.
  bool Has(const Key& key) const {
    return std::all_of(key.begin() + static_cast<int64_t>(dimensions_), key.end(),
                       [](int32_t text) { return text == 0; });
  }
  absl::flat_hash_set<int64_t> Told(const Grid& grid, const Earlier& earlier) const {
    absl::flat_hash_set<int64_t> cells;
    for (const Key& key : earlier.told) {
      if (!Has(key)) continue;
      Numbers groups = {};
      for (size_t d = 0; d < dimensions_; ++d) {
        groups[d] = key[d] == 0 ? disclosure::Dimension::kAll : 1 + number_of_[d].at(key[d]);
      }
      cells.insert(grid.CellOf(groups));
    }
    return cells;
  }
  Key KeyOf(const Numbers& groups) const {
    Key key = {};
    for (size_t d = 0; d < dimensions_; ++d) {
      if (groups[d] != disclosure::Dimension::kAll) key[d] = values_[d][groups[d] - 1];
    }
    return key;
  }

 private:
  void Add(size_t d, int32_t text) {
    if (number_of_[d].try_emplace(text, static_cast<int>(values_[d].size())).second) {
      values_[d].push_back(text);
    }
  }

  // Values that may be told by themselves, or were: what few make up makes the table no larger.
  void AddAskable(size_t d, const Basis& before, const std::vector<Part>& now) {
    for (const auto* parts : {&before.parts, &now}) {
      std::map<int32_t, Few> of;
      for (const Part& part : *parts) {
        of[part.place[d]].Add(ContributorOf(part), table_.rule.fewest);
      }
      for (const auto& [text, contributors] : of) {
        if (text != 0 && contributors.Enough(table_.rule.fewest)) Add(d, text);
      }
    }
    for (const Earlier& earlier : before.earlier) {
      for (const Key& key : earlier.told) {
        if (key[d] != 0) Add(d, key[d]);
      }
    }
  }

  const Table& table_;
  const size_t dimensions_;
  const Joined& joined_;
  std::array<std::vector<int32_t>, kMostDimensions> values_;  // texts
  std::array<absl::flat_hash_map<int32_t, int>, kMostDimensions> number_of_;
};

// Parts as contributions.
class Contributions {
 public:
  explicit Contributions(const Numbering& numbering) : numbering_(numbering) {}

  void Add(const Part& part) { parts_.push_back({KeyOf(part), &part}); }

  std::vector<Contribution> Take() {
    absl::c_sort(parts_, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : *a.second < *b.second;
    });
    std::vector<Contribution> contributions;
    for (auto part = parts_.begin(); part != parts_.end();) {
      const auto first = part;
      while (part != parts_.end() && part->first == first->first) ++part;
      contributions.push_back(Together(first, part));
    }
    return contributions;
  }

  // A contributor and a place.
  using At = std::pair<int32_t, Numbers>;
  At KeyOf(const Part& part) const {
    return {numbering_.ContributorOf(part), numbering_.PlaceOf(part)};
  }

 private:
  using Iterator = std::vector<std::pair<At, const Part*>>::const_iterator;

  // Its detail is of what cells say beside sums: of measures, and how much has them. The value of
  // what has none is no detail, or a small change of it would count as a change of all.
  static Contribution Together(Iterator first, Iterator end) {
    Contribution one{first->first.first, first->first.second, 0, 0};
    std::map<Measures, int64_t> measured;
    for (auto part = first; part != end; ++part) {
      one.value += part->second->value;
      measured[part->second->measures] += part->second->value;
    }
    measured.erase(kNoMeasures);
    for (const auto& [measures, value] : measured) {
      one.detail = absl::HashOf(one.detail, measures, value);
    }
    return one;
  }

  const Numbering& numbering_;
  std::vector<std::pair<At, const Part*>> parts_;
};

std::vector<Contribution> ContributionsOf(const Numbering& numbering,
                                          const std::vector<Part>& parts) {
  Contributions contributions(numbering);
  for (const Part& part : parts) contributions.Add(part);
  return contributions.Take();
}

// What an earlier release had otherwise than the last one.
std::vector<Contribution> Otherwise(const Numbering& numbering, const std::vector<Part>& last,
                                    const Earlier& earlier) {
  Contributions contributions(numbering);
  std::set<Contributions::At> touched;
  for (const auto* parts : {&earlier.gone, &earlier.come}) {
    for (const Part& part : *parts) touched.insert(contributions.KeyOf(part));
  }
  if (touched.empty()) return {};
  for (const Part& part : last) {
    if (absl::c_binary_search(earlier.come, part)) continue;
    if (touched.contains(contributions.KeyOf(part))) contributions.Add(part);
  }
  for (const Part& part : earlier.gone) contributions.Add(part);
  std::vector<Contribution> otherwise = contributions.Take();
  for (const Contribution& one : otherwise) touched.erase({one.contributor, one.place});
  for (const auto& [contributor, place] : touched) otherwise.push_back({contributor, place, 0, 0});
  return otherwise;
}

// The parts that are told: as before where something waits.
std::vector<Part> PartsOf(const Basis& before, std::vector<Part> now, const Numbering& numbering,
                          const Successor& next) {
  const auto waits = [&](const Part& part) {
    return next.waiting.contains({numbering.ContributorOf(part), numbering.PlaceOf(part)});
  };
  std::erase_if(now, waits);
  absl::c_copy_if(before.parts, std::back_inserter(now), waits);
  Compact(now);
  return now;
}

// Whether too many places have few.
bool IsThin(const Table& table, size_t dimensions, const Numbering& numbering,
            const std::vector<Part>& parts) {
  absl::flat_hash_map<Numbers, int> counts;
  for (const Part& part : parts) ++counts[numbering.PlaceOf(part)];
  const auto thin =
      absl::c_count_if(counts, [&](const auto& place) { return place.second < table.rule.fewest; });
  return dimensions > 1 && thin > (kMostThin >> (2 * (dimensions - 2)));
}

// Where a release before was told by more dimensions, its finer cells and a coarser one that was
// hidden then would give away others that were: only what was told then is told.
void LeaveOutNew(const Numbering& numbering, const Basis& before, std::vector<Cell>& cells) {
  const bool finer = absl::c_any_of(before.earlier, [&](const Earlier& earlier) {
    return !absl::c_all_of(earlier.told, [&](const Key& key) { return numbering.Has(key); });
  });
  if (!finer) return;
  std::erase_if(cells,
                [&](const Cell& cell) { return !before.earlier.front().told.contains(cell.key); });
}

// How often each measure is, and who has one.
struct Spread {
  std::map<int32_t, int64_t> counts;
  Few contributors;

  int32_t Median(int fewest) const {
    if (!contributors.Enough(fewest)) return kNone;
    int64_t left = 0;
    for (const auto& [measure, count] : counts) left += count;
    left = (left + 1) / 2;
    for (const auto& [measure, count] : counts) {
      left -= count;
      if (left <= 0) return measure;
    }
    return kNone;
  }
};

void AddMedians(const Table& table, const Numbering& numbering, const std::vector<Part>& parts,
                std::vector<Cell>& cells) {
  std::map<Key, std::array<Spread, kMostMeasures>> spreads;  // of cells that are told
  for (const Cell& cell : cells) {
    if (std::all_of(cell.key.begin() + 1, cell.key.end(), [](int32_t text) { return text == 0; })) {
      spreads[cell.key];
    }
  }
  for (const Part& part : parts) {
    for (const Key& key : {Key{}, Key{part.place[0]}}) {
      const auto found = spreads.find(key);
      if (found == spreads.end()) continue;
      for (int i = 0; i < table.measures; ++i) {
        if (part.measures[i] == kNone) continue;
        found->second[i].counts[part.measures[i]] += part.value;
        found->second[i].contributors.Add(numbering.ContributorOf(part), table.rule.fewest);
      }
      if (part.place[0] == 0) break;  // what is not known is part of all alone
    }
  }
  for (Cell& cell : cells) {
    const auto found = spreads.find(cell.key);
    if (found == spreads.end()) continue;
    for (int i = 0; i < table.measures; ++i) {
      cell.medians[i] = found->second[i].Median(table.rule.fewest);
    }
  }
}

// By the first `dimensions` alone; nothing if there is too little for so many.
absl::StatusOr<std::optional<Figures>> MakeBy(size_t dimensions, const Table& table, Texts& texts,
                                              const Joined& joined, const Basis& before,
                                              const std::vector<Part>& now,
                                              const std::function<bool()>& cancelled) {
  const Numbering numbering(table, dimensions, texts, joined, before, now);
  if (IsThin(table, dimensions, numbering, now)) return std::nullopt;
  const Grid grid = numbering.MakeGrid();
  disclosure::PatternOptions options;
  options.rule = table.rule;
  options.cancelled = cancelled;
  std::vector<disclosure::Earlier> earlier;
  for (const Earlier& one : before.earlier) {
    earlier.push_back({Otherwise(numbering, before.parts, one), numbering.Told(grid, one)});
  }
  ASSIGN_OR_RETURN(const Successor next,
                   disclosure::Succeed(grid, ContributionsOf(numbering, before.parts), earlier,
                                       ContributionsOf(numbering, now), options));
  Figures figures;
  figures.parts = PartsOf(before, now, numbering, next);
  figures.nothing_new = next.nothing_new;
  for (const int64_t number : next.pattern.told) {
    const disclosure::Sum* const sum = next.basis.Find(number);
    figures.cells.push_back({.key = numbering.KeyOf(grid.GroupsOf(number)),
                             .total = sum == nullptr ? 0 : sum->total,
                             .behind = next.behind.contains(number)});
  }
  LeaveOutNew(numbering, before, figures.cells);
  if (dimensions > 1 && (figures.cells.empty() || figures.nothing_new)) return std::nullopt;
  absl::c_sort(figures.cells, [](const Cell& a, const Cell& b) { return a.key < b.key; });
  AddMedians(table, numbering, figures.parts, figures.cells);
  return figures;
}

}  // namespace

int32_t Texts::Of(absl::string_view text) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) return found->second;
  const auto number = static_cast<int32_t>(texts_.size());
  numbers_[texts_.emplace_back(text)] = number;
  return number;
}

void Compact(std::vector<Part>& parts) {
  absl::c_sort(parts);
  size_t kept = 0;
  for (size_t i = 1; i < parts.size(); ++i) {
    Part& last = parts[kept];
    const Part& part = parts[i];
    if (last.contributor == part.contributor && last.place == part.place &&
        last.measures == part.measures) {
      last.value += part.value;
    } else {
      parts[++kept] = part;
    }
  }
  if (!parts.empty()) parts.resize(kept + 1);
}

absl::StatusOr<Figures> MakeFigures(const Table& table, Texts& texts, const Joined& joined,
                                    const Basis& before, const std::vector<Part>& now,
                                    const std::function<bool()>& cancelled) {
  for (size_t dimensions = table.dimensions.size();; --dimensions) {
    ASSIGN_OR_RETURN(std::optional<Figures> figures,
                     MakeBy(dimensions, table, texts, joined, before, now, cancelled));
    if (figures) return *std::move(figures);
  }
}

}  // namespace puente::releases
