#include "modules/labor/occupation_tools/resource.h"

namespace puente::labor {

const resource::Resource<v1::OccupationTool>& OccupationTools() {
  static const resource::Resource<v1::OccupationTool> tools({
      .table = "occupation_tool",
      .lists = {{.by = {"occupation"}, .order = {"tool"}, .index = "by_occupation"},
                {.by = {"tool"}, .order = {"vocabulary_release", "occupation"}, .index = "by_tool"},
                {.by = {"commodity_code"},
                 .order = {"vocabulary_release", "tool", "occupation"},
                 .index = "by_commodity"}},
  });
  return tools;
}

}  // namespace puente::labor
