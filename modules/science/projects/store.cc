#include "modules/science/projects/store.h"

#include "modules/science/errors.h"
#include "puente/science/v1/innovation_project.pb.h"

namespace puente::science::store {

const resource::Spec& ProjectSpec() {
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::InnovationProject>(),
       .table = "innovation_project",
       .pattern = NamePattern("innovationProjects/{innovation_project}"),
       .id_columns = {"id"},
       .columns = {"title_es", "title_en", "state", "partners", "technologies", "sector_table",
                   "start_date", "end_date", "result", "source", "record_kind", "create_time",
                   "update_time"},
       .filters = {{"sector_table", "sector_table"}},
       .lists = {{{}, {{"id"}}, "PRIMARY"},
                 {{"sector_table"}, {{"id"}}, "by_sector"},
                 {{"sector_table"}, {{"end_date", true}, {"id", true}}, "by_end", "end_date desc"}},
       .not_found = error::kProjectNotFound,
       .already_exists = error::kProjectAlreadyExists,
       .revisions = true});
  return *spec;
}

}  // namespace puente::science::store
