#include "modules/economy/school_responses/resource.h"

namespace puente::economy {

const resource::Resource<v1::SchoolResponse>& SchoolResponses() {
  static const resource::Resource<v1::SchoolResponse> school_responses({
      .table = "school_response",
      .lists = {{.by = {"organization"}, .index = "by_organization"}},
  });
  return school_responses;
}

}  // namespace puente::economy
