// What holds for sector tables, whoever stores them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "puente/economy/v1/sector_table.pb.h"

namespace puente::economy {

// Prefixes of a sector table that are in force on a day, each once, in order.
std::vector<std::string> PrefixesInForce(const v1::SectorTable& table, absl::CivilDay day);

// Whether a SCIAN class belongs to a sector. A class stated more coarsely than the sector's
// prefixes ("33" against "3364") can't be told.
enum class Belongs { kNo, kYes, kTooCoarse };
Belongs BelongsTo(absl::string_view scian_class, const std::vector<std::string>& prefixes);

// SCIAN prefixes in force, by the name of a sector table, or of a stage of a value chain
// (value_chains/rules.h): what demand is told of is both.
using Sectors = std::map<std::string, std::vector<std::string>>;
bool IsSectorTable(absl::string_view sector);
Sectors SectorsInForce(const std::vector<v1::SectorTable>& tables, absl::CivilDay day);

}  // namespace puente::economy
