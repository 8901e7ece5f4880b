#include "modules/labor/skills/store.h"

#include "modules/labor/errors.h"
#include "puente/labor/v1/skill.pb.h"

namespace puente::labor::store {

const resource::Spec& SkillSpec() {
  using resource::FilterField;
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::Skill>(),
       .table = "skill",
       .pattern = NamePattern("skills/{skill}"),
       .id_columns = {"id"},
       .columns = {"label_es", "label_en", "kind", "framework", "code", "source", "record_kind",
                   "create_time", "update_time"},
       .filters = {{"kind", "kind", FilterField::Kind::kEnum, v1::SkillKind_descriptor()}},
       .lists = {{{}, {{"id"}}, "PRIMARY"}, {{"kind"}, {{"id"}}, "by_kind"}},
       .not_found = error::kSkillNotFound,
       .already_exists = error::kSkillAlreadyExists,
       .revisions = true});
  return *spec;
}

}  // namespace puente::labor::store
