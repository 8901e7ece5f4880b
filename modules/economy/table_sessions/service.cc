#include "modules/economy/table_sessions/service.h"

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/economy/errors.h"
#include "modules/economy/table_sessions/resource.h"

namespace puente::economy {
namespace {

absl::Status HoldTableSession(const Call& call, journal::Transaction&,
                              const v1::TableSession& before, v1::TableSession&) {
  const absl::CivilDay day = ToCivilDay(before.session_date());
  if (day <= LegalDay(call.start)) return absl::OkStatus();
  return Error(error::kTableSessionToCome, "name"_is(before.name()),
               "session_date"_is(absl::FormatCivilTime(day)));
}

}  // namespace

void ServeTableSessions(calls::Host& host) {
  resource::Serve(host, TableSessions(),
                  {.verbs = {{.verb = "HoldTableSession", .prepare = &HoldTableSession}}});
}

}  // namespace puente::economy
