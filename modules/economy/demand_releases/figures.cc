#include "modules/economy/demand_releases/figures.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "common/disclosure/succession.h"
#include "common/status/macros.h"

namespace puente::economy::releases {
namespace {

using disclosure::Contribution;
using disclosure::Dimension;
using disclosure::Grid;
using disclosure::Numbers;
using disclosure::Successor;

constexpr int kStates = 32;          // INEGI codes 01 to 32
constexpr size_t kMostSources = 20;  // of a cell
// Dimensions.
constexpr int kSector = 0;
constexpr int kState = 1;
constexpr int kSkill = 2;

auto NeedOf(const Part& part) {
  return std::tie(part.contributor, part.skill, part.state_code, part.scian_class, part.source);
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

// Names and classes as the numbers that disclosure control knows.
class Numbering {
 public:
  Numbering(const Basis& before, const std::vector<Part>& now, const Sectors& sectors)
      : before_(before),
        states_(Values(before, now, &Part::state_code, &Key::state_code)),
        skills_(Values(before, now, &Part::skill, &Key::skill)),
        contributors_(Values(before, now, &Part::contributor, nullptr)) {
    for (const auto& [name, prefixes] : sectors) groups_.push_back({name, &prefixes});
    current_ = groups_.size();
    // What a sector was when it was told stays known.
    for (const auto& [name, prefixes] : before.sectors) {
      const auto same = sectors.find(name);
      if (same == sectors.end() || same->second != prefixes) groups_.push_back({name, &prefixes});
    }
    for (const auto* parts : {&before.parts, &now}) {
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
    return Grid({Dimension::OfGroups(static_cast<int>(atoms_.size()), sectors),
                 Dimension::OfValues(states_.size()), Dimension::OfValues(skills_.size())});
  }

  Numbers PlaceOf(const Part& part) const {
    return {atom_of_.at(part.scian_class), states_.Of(part.state_code), skills_.Of(part.skill)};
  }

  // Places' contributions, from parts that are compact.
  std::vector<Contribution> Contributions(const std::vector<Part>& parts) const {
    std::map<std::pair<int, Numbers>, int64_t> values;
    for (const Part& part : parts) {
      values[{contributors_.Of(part.contributor), PlaceOf(part)}] += part.heads;
    }
    std::vector<Contribution> contributions;
    contributions.reserve(values.size());
    for (const auto& [key, value] : values) contributions.push_back({key.first, key.second, value});
    return contributions;
  }

  absl::flat_hash_set<int64_t> Told(const Grid& grid) const {
    absl::flat_hash_set<int64_t> cells;
    for (const Key& key : before_.told) {
      cells.insert(grid.CellOf(
          {OldSector(key.sector), Group(states_, key.state_code), Group(skills_, key.skill)}));
    }
    return cells;
  }

  // Nothing if it is about a sector as it was before.
  std::optional<Key> KeyOf(const Numbers& groups) const {
    if (groups[kSector] > static_cast<int>(current_)) return std::nullopt;
    return Key{groups[kSector] == 0 ? "" : groups_[groups[kSector] - 1].name,
               groups[kState] == 0 ? "" : states_.At(groups[kState] - 1),
               groups[kSkill] == 0 ? "" : skills_.At(groups[kSkill] - 1)};
  }

  bool HasState(const std::string& code) const { return states_.Has(code); }
  bool HasSector(const std::string& name) const {
    for (const auto& [belongs, atom] : atoms_) {
      for (size_t i = 0; i < current_; ++i) {
        if (groups_[i].name == name && belongs[i]) return true;
      }
    }
    return false;
  }
  std::vector<std::string> CouldNotSplit() const {
    return {could_not_split_.begin(), could_not_split_.end()};
  }

 private:
  // A sector, as it is today or was before.
  struct Named {
    std::string name;
    const std::vector<std::string>* prefixes;
  };

  static std::set<std::string> Values(const Basis& before, const std::vector<Part>& now,
                                      std::string Part::*of, std::string Key::*told) {
    std::set<std::string> values;
    for (const auto* parts : {&before.parts, &now}) {
      for (const Part& part : *parts) values.insert(part.*of);
    }
    if (told != nullptr) {
      for (const Key& key : before.told) {
        if (!(key.*told).empty()) values.insert(key.*told);
      }
    }
    return values;
  }

  void AddClass(const std::string& scian_class) {
    if (atom_of_.contains(scian_class)) return;
    std::vector<bool> belongs(groups_.size());
    for (size_t i = 0; i < groups_.size(); ++i) {
      const Belongs to = BelongsTo(scian_class, *groups_[i].prefixes);
      belongs[i] = to == Belongs::kYes;
      if (to == Belongs::kTooCoarse && i < current_) could_not_split_.insert(groups_[i].name);
    }
    atom_of_[scian_class] =
        atoms_.try_emplace(belongs, static_cast<int>(atoms_.size())).first->second;
  }

  static int Group(const Names& names, const std::string& name) {
    return name.empty() ? Dimension::kAll : 1 + names.Of(name);
  }
  // The group of a sector as the release before had it.
  int OldSector(const std::string& name) const {
    if (name.empty()) return Dimension::kAll;
    for (size_t i = groups_.size(); i-- > 0;) {
      if (groups_[i].name == name) return static_cast<int>(i) + 1;
    }
    return Dimension::kAll;  // not reached: what was told has its sector
  }

  const Basis& before_;
  const Names states_, skills_, contributors_;
  std::vector<Named> groups_;  // first those of today
  size_t current_ = 0;
  std::map<std::vector<bool>, int> atoms_;  // by the groups that they belong to
  absl::flat_hash_map<std::string, int> atom_of_;
  std::set<std::string> could_not_split_;
};

// Fills in the years and sources of told cells.
class Details {
 public:
  Details(const Grid& grid, const Numbering& numbering) : grid_(grid), numbering_(numbering) {}

  void Add(std::vector<Part> parts, absl::flat_hash_map<int64_t, Cell>& cells) {
    std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
      return std::tie(a.source, a.contributor) < std::tie(b.source, b.contributor);
    });
    absl::flat_hash_set<int64_t> of_contributor;
    absl::flat_hash_map<int64_t, int> contributors;  // of one source, by cell
    for (size_t i = 0; i < parts.size(); ++i) {
      const Part& part = parts[i];
      grid_.ForCellsOf(numbering_.PlaceOf(part), [&](int64_t number) {
        const auto cell = cells.find(number);
        if (cell == cells.end()) return;
        AddYears(part, cell->second);
        if (of_contributor.insert(number).second) ++contributors[number];
      });
      const bool last = i + 1 == parts.size();
      if (last || parts[i + 1].source != part.source ||
          parts[i + 1].contributor != part.contributor) {
        of_contributor.clear();
      }
      if (!last && parts[i + 1].source == part.source) continue;
      for (const auto& [number, count] : contributors) {
        std::vector<std::string>& sources = cells[number].sources;
        if (count >= disclosure::Rule::Companies().fewest && sources.size() < kMostSources) {
          sources.push_back(part.source);
        }
      }
      contributors.clear();
    }
  }

 private:
  static void AddYears(const Part& part, Cell& cell) {
    cell.first_year =
        cell.first_year == 0 ? part.first_year : std::min(cell.first_year, part.first_year);
    cell.last_year = std::max(cell.last_year, part.last_year);
  }

  const Grid& grid_;
  const Numbering& numbering_;
};

// Where nobody needs anything, and everybody may know.
std::vector<Key> EmptyKeys(const Numbering& numbering, const Sectors& sectors, bool nobody) {
  std::vector<Key> keys;
  if (nobody) keys.push_back({});
  for (int state = 1; state <= kStates; ++state) {
    const std::string code = absl::StrFormat("%02d", state);
    if (!numbering.HasState(code)) keys.push_back({"", code, ""});
  }
  for (const auto& [name, prefixes] : sectors) {
    if (!numbering.HasSector(name)) keys.push_back({name, "", ""});
  }
  return keys;
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

absl::StatusOr<Figures> MakeFigures(const Basis& before, const std::vector<Part>& now,
                                    const Sectors& sectors, std::function<bool()> cancelled) {
  const Numbering numbering(before, now, sectors);
  const Grid grid = numbering.MakeGrid();
  disclosure::PatternOptions options;
  options.cancelled = std::move(cancelled);
  ASSIGN_OR_RETURN(
      const Successor next,
      disclosure::Succeed(grid, numbering.Contributions(before.parts), numbering.Told(grid),
                          numbering.Contributions(now), options));
  Figures figures;
  figures.basis.sectors = sectors;
  figures.could_not_split = numbering.CouldNotSplit();
  // Where something waits, everything is as it was.
  const auto waits = [&](const Part& part) {
    return next.waiting.contains(grid.PlaceCell(numbering.PlaceOf(part)));
  };
  for (const Part& part : before.parts) {
    if (waits(part)) figures.basis.parts.push_back(part);
  }
  for (const Part& part : now) {
    if (!waits(part)) figures.basis.parts.push_back(part);
  }
  std::sort(figures.basis.parts.begin(), figures.basis.parts.end());

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
  Details(grid, numbering).Add(figures.basis.parts, cells);
  for (auto& [number, cell] : cells) figures.cells.push_back(std::move(cell));
  const bool nobody = before.parts.empty() && now.empty();
  for (Key& key : EmptyKeys(numbering, sectors, nobody)) {
    figures.cells.push_back({.key = std::move(key), .sources = {}});
  }
  std::sort(figures.cells.begin(), figures.cells.end(),
            [](const Cell& a, const Cell& b) { return a.key < b.key; });
  for (const Cell& cell : figures.cells) {
    if (cell.heads > 0) figures.basis.told.insert(cell.key);
  }
  return figures;
}

}  // namespace puente::economy::releases
