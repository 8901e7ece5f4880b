#include "modules/education/campuses/resource.h"

namespace puente::education {

const resource::Resource<v1::Campus>& Campuses() {
  static const resource::Resource<v1::Campus> campuses({
      .table = "campus",
      .lists = {{.by = {"state_code"}, .index = "by_state"}},
      .guarded = true,
  });
  return campuses;
}

}  // namespace puente::education
