#include "modules/labor/occupation_tools/store.h"

#include "modules/labor/errors.h"
#include "puente/labor/v1/occupation_tool.pb.h"

namespace puente::labor::store {

const resource::Spec& OccupationToolSpec() {
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::OccupationTool>(),
       .table = "occupation_tool",
       .pattern = NamePattern("vocabularyReleases/{vocabulary_release}/tools/{tool}"),
       .id_columns = {"vocabulary_release", "id"},
       .columns = {"occupation", "tool", "commodity_code", "commodity_title", "us_hot_technology",
                   "us_in_demand", "source", "record_kind", "create_time", "update_time"},
       .filters = {{"occupation", "occupation"},
                   {"tool", "tool"},
                   {"commodity_code", "commodity_code"}},
       .lists = {{{}, {{"vocabulary_release"}, {"id"}}, "PRIMARY"},
                 {{"occupation"}, {{"tool"}, {"vocabulary_release"}, {"id"}}, "by_occupation"},
                 {{"tool"}, {{"vocabulary_release"}, {"occupation"}, {"id"}}, "by_tool"},
                 {{"commodity_code"},
                  {{"vocabulary_release"}, {"tool"}, {"occupation"}, {"id"}},
                  "by_commodity"}},
       .not_found = error::kOccupationToolNotFound,
       .already_exists = error::kOccupationToolAlreadyExists});
  return *spec;
}

}  // namespace puente::labor::store
