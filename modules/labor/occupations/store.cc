#include "modules/labor/occupations/store.h"

#include "modules/labor/errors.h"
#include "puente/labor/v1/occupation.pb.h"

namespace puente::labor::store {

const resource::Spec& OccupationSpec() {
  using resource::FilterField;
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::Occupation>(),
       .table = "occupation",
       .pattern = NamePattern("vocabularyReleases/{vocabulary_release}/occupations/{occupation}"),
       .id_columns = {"vocabulary_release", "id"},
       .columns = {"code", "label_es", "label_en", "description_es", "description_en", "source",
                   "record_kind", "create_time", "update_time"},
       .filters = {{"code", "code", FilterField::Kind::kPrefix}},
       .lists = {{{}, {{"vocabulary_release"}, {"id"}}, "PRIMARY"},
                 {.fields = {"code"},
                  .order = {{"code"}, {"vocabulary_release"}, {"id"}},
                  .index = "by_code",
                  .index_within = "by_release_code"}},
       .not_found = error::kOccupationNotFound,
       .already_exists = error::kOccupationAlreadyExists,
       .revisions = true});
  return *spec;
}

}  // namespace puente::labor::store
