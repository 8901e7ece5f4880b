// What is asked of submissions besides their lists.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sql/session.h"

namespace puente::gateway {

// Since when a body, whichever, looks at which of these versions.
absl::StatusOr<std::map<std::string, absl::Time>> FirstOpen(
    sql::Session& session, const std::vector<std::string>& versions);

}  // namespace puente::gateway
