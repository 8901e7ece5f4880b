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

// What one company needs by statements that count.
struct Part {
  std::string company;  // "companies/acme"
  std::string group;    // of companies, which counts as one: "groups/grupo-acme"; empty without one
  std::string skill;    // "skills/welding"
  std::string state_code;  // INEGI code
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
  std::string sector;  // "sectorTables/{sector_table}", or a stage of a value chain
  std::string state_code;
  std::string skill;

  auto operator<=>(const Key&) const = default;
};

// A figure that is told.
struct Cell {
  Key key;
  int64_t heads = 0;
  int64_t companies = 0;  // groups count as one
  // In or before the first, and in or after the last, periods of contributors enough for a figure
  // begin, and end; 0 where nobody needs anything.
  int first_year = 0;
  int last_year = 0;
  // Sources that contributors enough for a figure have stated by.
  std::vector<std::string> sources;
  // A change waits that can't be told yet.
  bool behind = false;

  bool SaysTheSame(const Cell& other) const {
    return heads == other.heads && companies == other.companies && first_year == other.first_year &&
           last_year == other.last_year && sources == other.sources;
  }
};

// A release, as far as later ones are compared with it.
struct Earlier {
  Sectors sectors;
  std::set<Key> told;
  // Parts that it had and the last release hasn't, and the other way round.
  std::vector<Part> gone;
  std::vector<Part> come;
};

// What the next release rests on.
struct Basis {
  std::vector<Part> parts;       // of the last release, compact
  std::vector<Earlier> earlier;  // the last release first
};

struct Figures {
  std::vector<Cell> cells;
  std::vector<Part> parts;  // on which they rest, compact
  // Sectors that contributors enough for a figure state too coarse a class for.
  std::vector<std::string> could_not_split;
  // All changes wait, since no way to tell any was found with the effort that is allowed.
  bool nothing_new = false;
};

// The release that follows `before` (empty for the first), now that the parts of all statements
// that count are `now`, compact. A company counts with the group that it is in now, in what it
// stated before as well. Nothing is said of where nobody needs anything: it would tell who does
// there next. CANCELLED if cancelled() said so.
absl::StatusOr<Figures> MakeFigures(const Basis& before, std::vector<Part> now,
                                    const Sectors& sectors, std::function<bool()> cancelled);

}  // namespace puente::economy::releases
