// Made-up countries: companies of very different sizes, few of them in most places, and sectors
// that overlap.
#pragma once

#include <random>
#include <vector>

#include "common/disclosure/table.h"

namespace puente::disclosure {

struct CountrySize {
  int sectors = 3;
  int atoms = 4;
  int states = 4;
  int skills = 4;
  int companies = 40;
  int most_statements = 6;  // of a company
};

inline Grid CountryGrid(const CountrySize& size, std::mt19937& random) {
  std::vector<std::vector<int>> sectors(size.sectors);
  for (int sector = 0; sector < size.sectors; ++sector) {
    for (int atom = 0; atom < size.atoms; ++atom) {
      // An atom of its own, and others now and then; the last belongs to none but by chance.
      if (atom == sector || random() % 5 == 0) sectors[sector].push_back(atom);
    }
  }
  return Grid({Dimension::OfGroups(size.atoms, sectors), Dimension::OfValues(size.states),
               Dimension::OfValues(size.skills)});
}

inline Table Country(unsigned seed, const CountrySize& size) {
  std::mt19937 random(seed);
  Grid grid = CountryGrid(size, random);
  std::lognormal_distribution<double> heads(2.5, 1.2);
  const auto skewed = [&](int n) {  // the first are the most common
    return static_cast<int>(std::min(random() % n, random() % n));
  };
  std::map<std::pair<int, Numbers>, int64_t> values;
  for (int company = 0; company < size.companies; ++company) {
    const int atom = skewed(size.atoms);
    const int home = skewed(size.states);
    const int statements = 1 + static_cast<int>(random() % size.most_statements);
    const double factor = heads(random) / 12;
    for (int i = 0; i < statements; ++i) {
      const int state = random() % 4 == 0 ? skewed(size.states) : home;
      const auto value = static_cast<int64_t>(factor * heads(random)) + 1;
      values[{company, {atom, state, skewed(size.skills)}}] += value;
    }
  }
  std::vector<Contribution> contributions;
  for (const auto& [key, value] : values) contributions.push_back({key.first, key.second, value});
  return Table(std::move(grid), std::move(contributions));
}

}  // namespace puente::disclosure
