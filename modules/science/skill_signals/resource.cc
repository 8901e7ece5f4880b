#include "modules/science/skill_signals/resource.h"

namespace puente::science {

const resource::Resource<v1::SkillSignal>& SkillSignals() {
  static const resource::Resource<v1::SkillSignal> signals({
      .table = "skill_signal",
      .lists = {{.by = {"sector_table"}, .order = {"horizon_date"}, .index = "by_sector"},
                {.by = {"skill"}, .index = "by_skill"}},
  });
  return signals;
}

}  // namespace puente::science
