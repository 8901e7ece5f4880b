#include "modules/education/competence_standards/resource.h"

namespace puente::education {
namespace {

std::vector<std::string> Skills(const v1::CompetenceStandard& standard) {
  return {standard.skills().begin(), standard.skills().end()};
}

}  // namespace

const resource::Resource<v1::CompetenceStandard>& CompetenceStandards() {
  static const resource::Resource<v1::CompetenceStandard> standards({
      .table = "competence_standard",
      .lists = {{.by = {"code"}, .order = {"revision"}, .index = "by_code"}},
      .elements = {{.by = "skill", .table = "competence_standard_skill", .of = &Skills}},
  });
  return standards;
}

}  // namespace puente::education
