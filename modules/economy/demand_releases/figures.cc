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

namespace puente::economy::releases {
namespace {

using disclosure::Contribution;
using disclosure::Dimension;
using disclosure::Grid;
using disclosure::Numbers;
using disclosure::Successor;

constexpr int kFewest = disclosure::Rule().fewest;
constexpr size_t kMostSources = 20;  // of a cell
// Dimensions.
constexpr int kSector = 0;
constexpr int kState = 1;
constexpr int kSkill = 2;

auto NeedOf(const Part& part) {
  return std::tie(part.company, part.group, part.skill, part.state_code, part.scian_class,
                  part.source);
}

const std::string& OwnContributor(const Part& part) {
  return part.group.empty() ? part.company : part.group;
}

// Texts and their numbers, in their order.
class Names {
 public:
  explicit Names(const std::set<std::string>& names) : names_(names.begin(), names.end()) {
    for (size_t i = 0; i < names_.size(); ++i) numbers_[names_[i]] = static_cast<int>(i);
  }
  int size() const { return static_cast<int>(names_.size()); }
  int Of(const std::string& name) const { return numbers_.at(name); }
  const std::string& At(int number) const { return names_[number]; }
  bool Has(const std::string& name) const { return numbers_.contains(name); }

 private:
  std::vector<std::string> names_;
  absl::flat_hash_map<std::string, int> numbers_;
};

// All parts of what a release follows and of what it is made of.
std::vector<const std::vector<Part>*> AllParts(const Basis& before, const std::vector<Part>& now) {
  std::vector<const std::vector<Part>*> all = {&before.parts, &now};
  for (const Earlier& earlier : before.earlier) all.push_back(&earlier.gone);
  return all;
}

// Names and classes as the numbers that disclosure control knows.
class Numbering {
 public:
  Numbering(const Basis& before, const std::vector<Part>& now, const Sectors& sectors)
      : contributor_of_(Contributors(before, now)),
        states_(States(before, now)),
        skills_(Skills(before, now)),
        contributors_(Values(contributor_of_)) {
    AddSectors(sectors);
    current_ = groups_.size();
    // What a sector was when it was told stays known.
    for (const Earlier& earlier : before.earlier) AddSectors(earlier.sectors);
    for (const auto* parts : AllParts(before, now)) {
      for (const Part& part : *parts) AddClass(part.scian_class);
    }
  }

  Grid MakeGrid() const {
    std::vector<std::vector<int>> sectors(groups_.size());
    for (const auto& [belongs, atom] : atoms_) {
      for (size_t i = 0; i < groups_.size(); ++i) {
        if (belongs[i]) sectors[i].push_back(atom);
      }
    }
    std::vector<std::vector<int>> skills;
    for (int skill = 0; skill < skills_.size(); ++skill) skills.push_back({skill});
    return Grid({Dimension::OfGroups(static_cast<int>(atoms_.size()), sectors),
                 Dimension::OfValues(states_.size()),
                 Dimension::OfGroups(skills_.size() + 1, skills)});
  }

  Numbers PlaceOf(const Part& part) const {
    const int others = skills_.size();
    return {atom_of_.at(part.scian_class), states_.Of(part.state_code),
            skills_.Has(part.skill) ? skills_.Of(part.skill) : others};
  }
  int ContributorOf(const Part& part) const {
    return contributors_.Of(contributor_of_.at(part.company));
  }

  absl::flat_hash_set<int64_t> Told(const Grid& grid, const Earlier& earlier) const {
    absl::flat_hash_set<int64_t> cells;
    for (const Key& key : earlier.told) {
      const int sector = key.sector.empty() ? Dimension::kAll
                                            : GroupOf({key.sector, earlier.sectors.at(key.sector)});
      cells.insert(
          grid.CellOf({sector, Group(states_, key.state_code), Group(skills_, key.skill)}));
    }
    return cells;
  }

  // Nothing if it is about a sector as it was before.
  std::optional<Key> KeyOf(const Numbers& groups) const {
    if (groups[kSector] > static_cast<int>(current_)) return std::nullopt;
    return Key{groups[kSector] == 0 ? "" : groups_[groups[kSector] - 1].first,
               groups[kState] == 0 ? "" : states_.At(groups[kState] - 1),
               groups[kSkill] == 0 ? "" : skills_.At(groups[kSkill] - 1)};
  }

 private:
  // A sector with its prefixes, as it is today or was before.
  using Named = std::pair<std::string, std::vector<std::string>>;
  // Of companies.
  using OfCompanies = absl::flat_hash_map<std::string, std::string>;

  static OfCompanies Contributors(const Basis& before, const std::vector<Part>& now) {
    OfCompanies contributors;
    // Who states nothing now counts with the group of before, if any of its parts names one.
    for (const auto* parts : AllParts(before, now)) {
      for (const Part& part : *parts) {
        std::string& contributor = contributors[part.company];
        if (contributor.empty() || !part.group.empty()) contributor = OwnContributor(part);
      }
    }
    for (const Part& part : now) contributors[part.company] = OwnContributor(part);
    return contributors;
  }

  static std::set<std::string> Values(const OfCompanies& contributor_of) {
    std::set<std::string> values;
    for (const auto& [company, contributor] : contributor_of) values.insert(contributor);
    return values;
  }

  static std::set<std::string> States(const Basis& before, const std::vector<Part>& now) {
    std::set<std::string> states;
    for (const auto* parts : AllParts(before, now)) {
      for (const Part& part : *parts) states.insert(part.state_code);
    }
    for (const Earlier& earlier : before.earlier) {
      for (const Key& key : earlier.told) {
        if (!key.state_code.empty()) states.insert(key.state_code);
      }
    }
    return states;
  }

  // Skills that may be told by name. The others count together as one that can't be asked for, so
  // that what a few companies make up makes the table no larger.
  std::set<std::string> Skills(const Basis& before, const std::vector<Part>& now) const {
    std::set<std::string> skills;
    for (const auto* parts : {&before.parts, &now}) {
      absl::flat_hash_map<std::string, std::set<std::string>> of;
      for (const Part& part : *parts) {
        std::set<std::string>& contributors = of[part.skill];
        if (contributors.size() < kFewest) contributors.insert(contributor_of_.at(part.company));
      }
      for (const auto& [skill, contributors] : of) {
        if (contributors.size() >= kFewest) skills.insert(skill);
      }
    }
    for (const Earlier& earlier : before.earlier) {
      for (const Key& key : earlier.told) {
        if (!key.skill.empty()) skills.insert(key.skill);
      }
    }
    return skills;
  }

  void AddSectors(const Sectors& sectors) {
    for (const auto& [name, prefixes] : sectors) {
      const Named named = {name, prefixes};
      if (group_of_.try_emplace(named, static_cast<int>(groups_.size()) + 1).second) {
        groups_.push_back(named);
      }
    }
  }

  void AddClass(const std::string& scian_class) {
    if (atom_of_.contains(scian_class)) return;
    std::vector<bool> belongs(groups_.size());
    for (size_t i = 0; i < groups_.size(); ++i) {
      belongs[i] = BelongsTo(scian_class, groups_[i].second) == Belongs::kYes;
    }
    atom_of_[scian_class] =
        atoms_.try_emplace(belongs, static_cast<int>(atoms_.size())).first->second;
  }

  int GroupOf(const Named& sector) const { return group_of_.at(sector); }
  static int Group(const Names& names, const std::string& name) {
    return name.empty() ? Dimension::kAll : 1 + names.Of(name);
  }

  const OfCompanies contributor_of_;
  const Names states_, skills_, contributors_;
  std::vector<Named> groups_;  // first those of today
  std::map<Named, int> group_of_;
  size_t current_ = 0;
  std::map<std::vector<bool>, int> atoms_;  // by the groups that they belong to
  absl::flat_hash_map<std::string, int> atom_of_;
};

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
