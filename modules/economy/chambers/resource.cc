#include "modules/economy/chambers/resource.h"

namespace puente::economy {

const resource::Resource<v1::Chamber>& Chambers() {
  static const resource::Resource<v1::Chamber> chambers({
      .table = "chamber",
      .lists = {{.by = {"state_code"}, .index = "by_state"}},
  });
  return chambers;
}

}  // namespace puente::economy
