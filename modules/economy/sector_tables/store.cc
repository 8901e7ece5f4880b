#include "modules/economy/sector_tables/store.h"

#include "common/resource/resource.h"
#include "modules/economy/errors.h"

namespace puente::economy::store {

const resource::Spec& SectorTableSpec() {
  static const auto* spec =
      new resource::Spec({.type = resource::TypeOf<v1::SectorTable>(),
                          .table = "sector_table",
                          .pattern = NamePattern("sectorTables/{sector_table}"),
                          .id_columns = {"id"},
                          .columns = {"label_es", "label_en", "scian_prefixes", "source",
                                      "record_kind", "create_time", "update_time"},
                          .filters = {},
                          .lists = {{{}, {{"id"}}, "PRIMARY"}},
                          .not_found = error::kSectorTableNotFound,
                          .already_exists = error::kSectorTableAlreadyExists,
                          .revisions = true});
  return *spec;
}

absl::StatusOr<std::vector<v1::SectorTable>> AllSectorTables(sql::Session& session) {
  return resource::Select<v1::SectorTable>(session, SectorTableSpec(), "economy.sector_table.all",
                                           "ORDER BY id");
}

}  // namespace puente::economy::store
