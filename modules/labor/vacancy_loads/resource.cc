#include "modules/labor/vacancy_loads/resource.h"

namespace puente::labor {

const resource::Resource<v1::VacancyLoad>& VacancyLoads() {
  static const resource::Resource<v1::VacancyLoad> loads({
      .table = "vacancy_load",
      .lists = {{.by = {"supplier"}, .order = {"create_time desc"}, .index = "by_supplier"}},
      .hides = true,
  });
  return loads;
}

}  // namespace puente::labor
