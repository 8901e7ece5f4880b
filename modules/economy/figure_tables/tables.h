// What Economy tells in tables of figures (puente.api.v1.FigureExtractService).
#pragma once

#include "absl/status/status.h"
#include "common/extracts/reading.h"
#include "common/extracts/table.h"

namespace puente::economy {

extracts::Tables FigureTables();

// Its parts.
void AddDemandTable(extracts::Tables& tables);
void AddPlaceTables(extracts::Tables& tables);
void AddRecordTables(extracts::Tables& tables);

// A dimension of several, and what names its codes.
extracts::Dimension SectorTableDimension();
absl::Status NameSectorTables(extracts::Reading& reading);

}  // namespace puente::economy
