#include "modules/science/technologies/store.h"

#include "modules/science/errors.h"
#include "puente/science/v1/technology.pb.h"

namespace puente::science::store {

const resource::Spec& TechnologySpec() {
  static const auto* spec =
      new resource::Spec({.type = resource::TypeOf<v1::Technology>(),
                          .table = "technology",
                          .pattern = NamePattern("technologies/{technology}"),
                          .id_columns = {"id"},
                          .columns = {"label_es", "label_en", "readiness_level", "evidence",
                                      "source", "record_kind", "create_time", "update_time"},
                          .filters = {},
                          .lists = {{{}, {{"id"}}, "PRIMARY"}},
                          .not_found = error::kTechnologyNotFound,
                          .already_exists = error::kTechnologyAlreadyExists,
                          .revisions = true});
  return *spec;
}

}  // namespace puente::science::store
