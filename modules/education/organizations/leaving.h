// What becomes of what an organization offered once it has withdrawn: programs, microcredentials
// and facilities count no more in figures and are found no more. That may be much, so it is due
// work.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "common/due/scheduler.h"
#include "common/journal/write.h"

namespace puente::education {

// With the withdrawal of "organizations/{organization}".
absl::Status LeaveSoon(journal::Transaction& tx, const std::string& organization);

void HandleLeaving(due::Scheduler& due);

}  // namespace puente::education
