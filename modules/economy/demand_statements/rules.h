// What holds for demand statements, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/economy/v1/sector_table.pb.h"

namespace puente::economy {

// The need that a statement is about, 32 bytes: company, skill, level, state, SCIAN class and
// period. A later statement of the same need takes the earlier one's place. The kind of record
// belongs to it too, so that a generated statement never displaces a fact.
std::string NeedKey(const v1::DemandStatement& statement);

// The statement once `later` has taken its place.
v1::DemandStatement Supersede(const v1::DemandStatement& before, absl::string_view later);

// Prefixes of a sector table that are in force on a day, each once, in order.
std::vector<std::string> PrefixesInForce(const v1::SectorTable& table, absl::CivilDay day);

// Whether a SCIAN class belongs to a sector. A class stated more coarsely than the sector's
// prefixes ("33" against "3364") can't be told.
enum class Belongs { kNo, kYes, kTooCoarse };
Belongs BelongsTo(absl::string_view scian_class, const std::vector<std::string>& prefixes);

}  // namespace puente::economy
