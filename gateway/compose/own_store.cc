#include "gateway/compose/own_store.h"

#include "absl/time/clock.h"
#include "common/context/values.h"
#include "common/sql/error.h"
#include "gateway/compose/provenance.h"

namespace puente::compose {

absl::Status ReadOwnStore(const Call& call, gateway::v1::Provenance& provenance,
                          absl::FunctionRef<absl::Status()> read) {
  const absl::Time start = absl::Now();
  provenance.set_agency("gateway");
  absl::Status done = read();
  if (sql::IsUnavailable(done)) {
    Failed(done, call, provenance);
    return absl::OkStatus();
  }
  provenance.set_state(gateway::v1::SECTION_STATE_FRESH);
  *provenance.mutable_as_of_time() = ToProto(start);
  *provenance.mutable_latency() = ToProto(absl::Now() - start);
  return done;
}

}  // namespace puente::compose
