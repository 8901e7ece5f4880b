#include "modules/labor/released_skills/resource.h"

namespace puente::labor {

const resource::Resource<v1::ReleasedSkill>& ReleasedSkills() {
  static const resource::Resource<v1::ReleasedSkill> skills({
      .table = "released_skill",
      .lists = {{.by = {"kind"}, .index = "by_kind"}},
  });
  return skills;
}

}  // namespace puente::labor
