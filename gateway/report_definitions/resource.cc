#include "gateway/report_definitions/resource.h"

namespace puente::gateway {

const resource::Resource<v1::ReportDefinition>& ReportDefinitions() {
  static const resource::Resource<v1::ReportDefinition> definitions({
      .table = "report_definition",
      .guarded = true,  // by reports that are published and withdrawn, one after the other
  });
  return definitions;
}

}  // namespace puente::gateway
