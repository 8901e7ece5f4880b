#include "modules/education/competence_standards/resource.h"

#include "common/names/text.h"

namespace puente::education {
namespace {

std::vector<std::string> Skills(const v1::CompetenceStandard& standard) {
  return {standard.skills().begin(), standard.skills().end()};
}

sql::Value TitleSlug(const v1::CompetenceStandard& standard) { return Slug(standard.title_es()); }

}  // namespace

const resource::Resource<v1::CompetenceStandard>& CompetenceStandards() {
  static const resource::Resource<v1::CompetenceStandard> standards({
      .table = "competence_standard",
      .lists = {{.by = {"code"}, .order = {"revision"}, .index = "by_code"},
                {.by = {"title_slug*"}, .index = "by_title"}},
      .derived = {{"title_slug", &TitleSlug}},
      .elements = {{.by = "skill", .table = "competence_standard_skill", .of = &Skills}},
  });
  return standards;
}

}  // namespace puente::education
