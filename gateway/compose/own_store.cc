#include "gateway/compose/own_store.h"

#include "absl/time/clock.h"
#include "common/context/values.h"
#include "common/sql/error.h"
#include "common/telemetry/log.h"
#include "gateway/compose/provenance.h"
#include "gateway/compose/view.h"

namespace puente::compose {
namespace {

// What the section shows. A status without a reason is a fault of ours, whose text is for the log.
absl::Status Explained(const absl::Status& status, const Call& call) {
  if (!Reason(status).empty()) return status;
  return Error(error::kInternal, "trace"_is(call.trace));
}

}  // namespace

void ReadOwnStore(const Call& call, gateway::v1::Provenance& provenance,
                  absl::FunctionRef<absl::Status()> read) {
  const absl::Time start = absl::Now();
  provenance.set_agency("gateway");
  const absl::Status done = start < DeadlineOf(call) ? read() : Error(sql::error::kTimeout);
  *provenance.mutable_latency() = ToProto(absl::Now() - start);
  if (!done.ok()) {
    const absl::Status explained = Explained(done, call);
    telemetry::Log(telemetry::Severity::kWarning, "own_section_missing",
                   {{"method", call.method},
                    {"reason", Reason(explained)},
                    {"debug", telemetry::DebugText(done)},
                    {"trace", call.trace}});
    return Failed(explained, call, provenance);
  }
  provenance.set_state(gateway::v1::SECTION_STATE_FRESH);
  *provenance.mutable_as_of_time() = ToProto(start);
}

}  // namespace puente::compose
