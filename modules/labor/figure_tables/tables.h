// What Labor tells in tables of figures (puente.api.v1.FigureExtractService).
#pragma once

#include "common/extracts/table.h"

namespace puente::labor {

extracts::Tables FigureTables();

}  // namespace puente::labor
