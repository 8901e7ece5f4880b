#include "modules/education/competence_standards/resource.h"

namespace puente::education {

const resource::Resource<v1::CompetenceStandard>& CompetenceStandards() {
  static const resource::Resource<v1::CompetenceStandard> standards({
      .table = "competence_standard",
      .lists = {{.by = {"code"}, .order = {"revision"}, .index = "by_code"}},
  });
  return standards;
}

}  // namespace puente::education
