#include "modules/labor/occupations/resource.h"

namespace puente::labor {

const resource::Resource<v1::Occupation>& Occupations() {
  static const resource::Resource<v1::Occupation> occupations({
      .table = "occupation",
      .lists = {{.by = {"code*"}, .index = "by_code", .index_within = "by_release_code"}},
  });
  return occupations;
}

}  // namespace puente::labor
