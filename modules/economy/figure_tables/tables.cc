#include "modules/economy/figure_tables/tables.h"

namespace puente::economy {

extracts::Tables FigureTables() {
  extracts::Tables tables;
  AddDemandTable(tables);
  AddPlaceTables(tables);
  AddRecordTables(tables);
  return tables;
}

}  // namespace puente::economy
