// Which counts of certified versions are kept, and under which keys.
//
// A version counts in its cell, C|KIND|LEVEL|STATE|SECTOR, and once for each way to ask for it,
// A|KIND|LEVEL|STATE|SECTOR, where any of the three may be "*" for all. KIND is R (real) or G
// (generated); LEVEL as the version states it, STATE an INEGI code and SECTOR the id of a sector
// table, each "-" for none.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/journal/projection.h"
#include "puente/type/v1/record.pb.h"

namespace puente::education::coverage {

inline constexpr absl::string_view kAll = "*";
inline constexpr absl::string_view kNone = "-";

// Measures of counters. Numbers are stored: never reuse one.
inline constexpr int kPublished = 1;
inline constexpr int kUncertified = 2;

struct Cell {
  std::string level;
  std::string state;
  std::string sector;  // id

  bool operator==(const Cell&) const = default;
};

// The ways to ask for what is in a cell, all of which are cells with "*" in them, or itself.
std::vector<Cell> WaysToAsk(const Cell& cell);

std::string CellCut(type::v1::RecordKind kind, const Cell& cell);
std::string AskedCut(type::v1::RecordKind kind, const Cell& asked);

// The cuts of all ways to ask.
journal::CutRange AllAsked(type::v1::RecordKind kind);
// What is asked for in such a cut, or what a cell is.
Cell CellOf(absl::string_view cut);

// All cells of a kind that come after one of these cuts; from the first on after "".
journal::CutRange CellsAfter(type::v1::RecordKind kind, absl::string_view cut);

}  // namespace puente::education::coverage
