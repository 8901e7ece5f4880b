#pragma once

#include <vector>

#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "puente/economy/v1/sector_table.pb.h"

namespace puente::economy {

// sectorTables/{sector_table}
const resource::Resource<v1::SectorTable>& SectorTables();

// Every table, by id; there are few.
absl::StatusOr<std::vector<v1::SectorTable>> AllSectorTables(sql::Session& session);

}  // namespace puente::economy
