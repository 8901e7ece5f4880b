#include "modules/labor/skills/resource.h"

namespace puente::labor {

const resource::Resource<v1::Skill>& Skills() {
  static const resource::Resource<v1::Skill> skills({
      .table = "skill",
      .lists = {{.by = {"kind"}, .index = "by_kind"}},
  });
  return skills;
}

}  // namespace puente::labor
