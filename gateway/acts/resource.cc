#include "gateway/acts/resource.h"

namespace puente::gateway {

const resource::Resource<v1::Act>& Acts() {
  static const resource::Resource<v1::Act> acts({
      .table = "act",
      .lists = {{.by = {"state"}, .index = "by_state"}},
      .over = {v1::ACT_STATE_DONE, v1::ACT_STATE_UNDONE},
  });
  return acts;
}

}  // namespace puente::gateway
