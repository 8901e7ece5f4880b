// What the gateway tells of its own records in tables of figures
// (puente.api.v1.FigureExtractService).
#pragma once

#include "common/extracts/table.h"

namespace puente::gateway {

extracts::Tables FigureTables();

}  // namespace puente::gateway
