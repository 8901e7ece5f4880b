// What Science tells in tables of figures (puente.api.v1.FigureExtractService).
#pragma once

#include "common/extracts/table.h"

namespace puente::science {

extracts::Tables FigureTables();

}  // namespace puente::science
