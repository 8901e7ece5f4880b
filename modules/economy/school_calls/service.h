// puente.economy.v1.SchoolCallService, and the due work that closes calls whose last day is past.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/calls/host.h"
#include "common/context/call.h"
#include "common/due/scheduler.h"
#include "common/journal/write.h"

namespace puente::economy {

// That a proposal is reviewed or adopted, and stays so while this is written: of others schools are
// asked nothing more. `field` held what leads to it. PROPOSAL_STATE_WRONG.
absl::Status GuardAsked(const Call& call, journal::Transaction& tx, const std::string& proposal,
                        absl::string_view field);

void ServeSchoolCalls(calls::Host& host, due::Scheduler& due);

}  // namespace puente::economy
