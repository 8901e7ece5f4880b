// A section that comes from the gateway's own schema.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/context/call.h"
#include "puente/gateway/v1/section.pb.h"

namespace puente::compose {

// Reads it, and says of the section what Answered() and Failed() say of those of agencies: whatever
// is wrong with it leaves it MISSING, and the rest of the view stands. So does having no time left.
// `read` must leave nothing behind where it fails.
void ReadOwnStore(const Call& call, gateway::v1::Provenance& provenance,
                  absl::FunctionRef<absl::Status()> read);

}  // namespace puente::compose
