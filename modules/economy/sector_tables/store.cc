#include "modules/economy/sector_tables/store.h"

#include "absl/strings/str_cat.h"
#include "modules/economy/errors.h"

namespace puente::economy::store {

const resource::Spec& SectorTableSpec() {
  static const auto* spec =
      new resource::Spec({.type = v1::SectorTable::descriptor(),
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
  static const auto* text =
      new std::string(absl::StrCat(SectorTableSpec().select(), " FROM sector_table ORDER BY id"));
  return session.All<v1::SectorTable>({"economy.sector_table.all", *text});
}

}  // namespace puente::economy::store
