#include "modules/economy/table_sessions/resource.h"

namespace puente::economy {

const resource::Resource<v1::TableSession>& TableSessions() {
  static const resource::Resource<v1::TableSession> table_sessions({
      .table = "table_session",
      .lists = {{.by = {"state"},
                 .order = {"session_date"},
                 .index = "by_state",
                 .index_within = "by_state_within"}},
      .guarded = true,
      .states = {{.verb = "CreateTableSession", .to = v1::TABLE_SESSION_STATE_PLANNED},
                 {.verb = "UpdateTableSession", .from = {v1::TABLE_SESSION_STATE_PLANNED}},
                 {.verb = "HoldTableSession",
                  .from = {v1::TABLE_SESSION_STATE_PLANNED},
                  .to = v1::TABLE_SESSION_STATE_HELD},
                 {.verb = "CancelTableSession",
                  .from = {v1::TABLE_SESSION_STATE_PLANNED},
                  .to = v1::TABLE_SESSION_STATE_CANCELLED}},
  });
  return table_sessions;
}

}  // namespace puente::economy
