// What Education tells in tables of figures (puente.api.v1.FigureExtractService).
#pragma once

#include "common/extracts/table.h"

namespace puente::education {

extracts::Tables FigureTables();

}  // namespace puente::education
