// Names, states, skills and classes as the numbers that disclosure control knows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "common/disclosure/succession.h"
#include "modules/economy/demand_releases/figures.h"

namespace puente::economy::releases {

// Contributors that a figure has at least.
inline constexpr int kFewest = disclosure::Rule().fewest;

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

// Of a release and of those that it follows.
class Numbering {
 public:
  Numbering(const Basis& before, const std::vector<Part>& now, const Sectors& sectors);

  disclosure::Grid MakeGrid() const;
  disclosure::Numbers PlaceOf(const Part& part) const;
  int ContributorOf(const Part& part) const {
    return contributors_.Of(contributor_of_.at(part.company));
  }
  // The cells that an earlier release told.
  absl::flat_hash_set<int64_t> Told(const disclosure::Grid& grid, const Earlier& earlier) const;
  // Nothing if it is about a sector as it was before.
  std::optional<Key> KeyOf(const disclosure::Numbers& groups) const;

 private:
  // A sector with its prefixes, as it is today or was before.
  using Named = std::pair<std::string, std::vector<std::string>>;
  // Of companies.
  using OfCompanies = absl::flat_hash_map<std::string, std::string>;

  static OfCompanies Contributors(const Basis& before, const std::vector<Part>& now);
  static std::set<std::string> Values(const OfCompanies& contributor_of);
  static std::set<std::string> States(const Basis& before, const std::vector<Part>& now);
  // Skills that may be told by name. The others count together as one that can't be asked for, so
  // that what a few companies make up makes the table no larger.
  std::set<std::string> Skills(const Basis& before, const std::vector<Part>& now) const;
  void AddSectors(const Sectors& sectors);
  void AddClass(const std::string& scian_class);
  int GroupOf(const Named& sector) const { return group_of_.at(sector); }

  const OfCompanies contributor_of_;
  const Names states_, skills_, contributors_;
  std::vector<Named> groups_;  // first those of today
  std::map<Named, int> group_of_;
  size_t current_ = 0;
  std::map<std::vector<bool>, int> atoms_;  // by the groups that they belong to
  absl::flat_hash_map<std::string, int> atom_of_;
};

}  // namespace puente::economy::releases
