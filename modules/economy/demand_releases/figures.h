// What demand comes to, cell by cell, once it is decided what may be told (common/disclosure).
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "modules/economy/sector_tables/rules.h"

namespace puente::economy::releases {

// What one contributor (a company, or a group of companies) needs by statements that count.
struct Part {
  std::string contributor;  // "companies/acme", "groups/grupo-acme"
  std::string skill;        // "skills/welding"
  std::string state_code;   // INEGI code
  std::string scian_class;
  std::string source;
  int64_t heads = 0;
  // In which its periods begin and end.
  int first_year = 0;
  int last_year = 0;

  auto operator<=>(const Part&) const = default;
};

// Adds up parts that differ in heads and years alone, and sorts them.
void Compact(std::vector<Part>& parts);

// Which demand a cell is about; empty means all.
struct Key {
  std::string sector;  // "sectorTables/{sector_table}"
  std::string state_code;
  std::string skill;

  auto operator<=>(const Key&) const = default;
};

// A figure that is told.
struct Cell {
  Key key;
  int64_t heads = 0;
  int64_t companies = 0;  // groups count as one
  // Years of the first and the last period; 0 where nobody needs anything.
  int first_year = 0;
  int last_year = 0;
  // Sources that contributors enough for a figure have stated by.
  std::vector<std::string> sources;
  // A change waits that can't be told yet, so that the figure is of an earlier release.
  bool behind = false;
};

// A release, as far as the next one rests on it.
struct Basis {
  std::vector<Part> parts;
  Sectors sectors;
  std::set<Key> told;  // where somebody is needed
};

struct Figures {
  Basis basis;
  std::vector<Cell> cells;
  // Sectors that some statements state too coarse a class for.
  std::vector<std::string> could_not_split;
};

// The release that follows `before` (empty for the first), now that the parts of all statements
// that count are `now`, compact. CANCELLED if cancelled() said so.
absl::StatusOr<Figures> MakeFigures(const Basis& before, const std::vector<Part>& now,
                                    const Sectors& sectors, std::function<bool()> cancelled);

}  // namespace puente::economy::releases
