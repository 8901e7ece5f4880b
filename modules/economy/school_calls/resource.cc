#include "modules/economy/school_calls/resource.h"

namespace puente::economy {

const resource::Resource<v1::SchoolCall>& SchoolCalls() {
  static const resource::Resource<v1::SchoolCall> school_calls({
      .table = "school_call",
      .lists = {{.by = {"proposal"}, .index = "by_proposal"},
                {.by = {"state"}, .order = {"end_date"}, .index = "by_state"}},
      .guarded = true,
      .states = {{.verb = "CreateSchoolCall"},  // to what its last day says
                 {.verb = "UpdateSchoolCall",
                  .from = {v1::SCHOOL_CALL_STATE_OPEN, v1::SCHOOL_CALL_STATE_CLOSED}},
                 {.verb = "CloseSchoolCall",
                  .from = {v1::SCHOOL_CALL_STATE_OPEN},
                  .to = v1::SCHOOL_CALL_STATE_CLOSED}},
  });
  return school_calls;
}

}  // namespace puente::economy
