#include "modules/economy/sector_tables/resource.h"

#include "common/resource/resource.h"

namespace puente::economy {

const resource::Resource<v1::SectorTable>& SectorTables() {
  static const resource::Resource<v1::SectorTable> tables({.table = "sector_table"});
  return tables;
}

absl::StatusOr<std::vector<v1::SectorTable>> AllSectorTables(sql::Session& session) {
  return resource::Select(session, SectorTables(), "economy.sector_table.all", "ORDER BY id");
}

}  // namespace puente::economy
