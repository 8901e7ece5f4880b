#include "modules/economy/sector_tables/rules.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "common/context/values.h"

namespace puente::economy {

std::vector<std::string> PrefixesInForce(const v1::SectorTable& table, absl::CivilDay day) {
  std::vector<std::string> prefixes;
  for (const v1::ScianPrefix& prefix : table.scian_prefixes()) {
    if (ToCivilDay(prefix.effective_date()) <= day) prefixes.push_back(prefix.prefix());
  }
  std::sort(prefixes.begin(), prefixes.end());
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  return prefixes;
}

Belongs BelongsTo(absl::string_view scian_class, const std::vector<std::string>& prefixes) {
  Belongs belongs = Belongs::kNo;
  for (const std::string& prefix : prefixes) {
    if (absl::StartsWith(scian_class, prefix)) return Belongs::kYes;
    if (absl::StartsWith(prefix, scian_class)) belongs = Belongs::kTooCoarse;
  }
  return belongs;
}

bool IsSectorTable(absl::string_view sector) { return absl::StartsWith(sector, "sectorTables/"); }

Sectors SectorsInForce(const std::vector<v1::SectorTable>& tables, absl::CivilDay day) {
  Sectors sectors;
  for (const v1::SectorTable& table : tables) sectors[table.name()] = PrefixesInForce(table, day);
  return sectors;
}

}  // namespace puente::economy
