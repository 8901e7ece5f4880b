#include "modules/economy/demand_releases/numbering.h"

#include "common/disclosure/succession.h"

namespace puente::economy::releases {
namespace {

using disclosure::Dimension;
using disclosure::Grid;
using disclosure::Numbers;

// Dimensions.
constexpr int kSector = 0;
constexpr int kState = 1;
constexpr int kSkill = 2;

const std::string& OwnContributor(const Part& part) {
  return part.group.empty() ? part.company : part.group;
}

// All parts of what a release follows and of what it is made of.
std::vector<const std::vector<Part>*> AllParts(const Basis& before, const std::vector<Part>& now) {
  std::vector<const std::vector<Part>*> all = {&before.parts, &now};
  for (const Earlier& earlier : before.earlier) all.push_back(&earlier.gone);
  return all;
}

int Group(const Names& names, const std::string& name) {
  return name.empty() ? Dimension::kAll : 1 + names.Of(name);
}

}  // namespace

Numbering::Numbering(const Basis& before, const std::vector<Part>& now, const Sectors& sectors)
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

Grid Numbering::MakeGrid() const {
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

Numbers Numbering::PlaceOf(const Part& part) const {
  const int others = skills_.size();
  return {atom_of_.at(part.scian_class), states_.Of(part.state_code),
          skills_.Has(part.skill) ? skills_.Of(part.skill) : others};
}

absl::flat_hash_set<int64_t> Numbering::Told(const Grid& grid, const Earlier& earlier) const {
  absl::flat_hash_set<int64_t> cells;
  for (const Key& key : earlier.told) {
    const int sector = key.sector.empty() ? Dimension::kAll
                                          : GroupOf({key.sector, earlier.sectors.at(key.sector)});
    cells.insert(grid.CellOf({sector, Group(states_, key.state_code), Group(skills_, key.skill)}));
  }
  return cells;
}

std::optional<Key> Numbering::KeyOf(const Numbers& groups) const {
  if (groups[kSector] > static_cast<int>(current_)) return std::nullopt;
  return Key{groups[kSector] == 0 ? "" : groups_[groups[kSector] - 1].first,
             groups[kState] == 0 ? "" : states_.At(groups[kState] - 1),
             groups[kSkill] == 0 ? "" : skills_.At(groups[kSkill] - 1)};
}

Numbering::OfCompanies Numbering::Contributors(const Basis& before, const std::vector<Part>& now) {
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

std::set<std::string> Numbering::Values(const OfCompanies& contributor_of) {
  std::set<std::string> values;
  for (const auto& [company, contributor] : contributor_of) values.insert(contributor);
  return values;
}

std::set<std::string> Numbering::States(const Basis& before, const std::vector<Part>& now) {
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

std::set<std::string> Numbering::Skills(const Basis& before, const std::vector<Part>& now) const {
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

void Numbering::AddSectors(const Sectors& sectors) {
  for (const auto& [name, prefixes] : sectors) {
    const Named named = {name, prefixes};
    if (group_of_.try_emplace(named, static_cast<int>(groups_.size()) + 1).second) {
      groups_.push_back(named);
    }
  }
}

void Numbering::AddClass(const std::string& scian_class) {
  if (atom_of_.contains(scian_class)) return;
  std::vector<bool> belongs(groups_.size());
  for (size_t i = 0; i < groups_.size(); ++i) {
    belongs[i] = BelongsTo(scian_class, groups_[i].second) == Belongs::kYes;
  }
  atom_of_[scian_class] =
      atoms_.try_emplace(belongs, static_cast<int>(atoms_.size())).first->second;
}

}  // namespace puente::economy::releases
