#include "modules/education/rvoes/resource.h"

namespace puente::education {

const resource::Resource<v1::Rvoe>& Rvoes() {
  static const resource::Resource<v1::Rvoe> rvoes({
      .table = "rvoe",
      .lists = {{.by = {"program"}, .index = "by_program"},
                {.by = {"campus"}, .index = "by_campus"}},
      .guarded = true,
      .states = {{.verb = "CreateRvoe", .to = v1::RVOE_STATE_ACTIVE},
                 {.verb = "UpdateRvoe", .from = {v1::RVOE_STATE_ACTIVE}},
                 {.verb = "EndRvoe", .from = {v1::RVOE_STATE_ACTIVE}, .to = v1::RVOE_STATE_ENDED}},
  });
  return rvoes;
}

}  // namespace puente::education
