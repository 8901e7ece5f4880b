#include "modules/economy/companies/resource.h"

namespace puente::economy {

const resource::Resource<v1::Company>& Companies() {
  static const resource::Resource<v1::Company> companies({
      .table = "company",
      .lists = {{.by = {"state_code"}, .index = "by_state"},
                {.by = {"scian_class*"}, .index = "by_scian"}},
  });
  return companies;
}

}  // namespace puente::economy
