// Figures after writes of one's own.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/client.h"

namespace puente::cli {

// Labor's figures follow its records by some milliseconds. Waits until they contain the writes that
// these freshness tokens name, so that who asks next sees what he wrote. POSITION_NOT_REACHED, and
// the errors of a call.
absl::Status AwaitFigures(Client& client, const std::vector<std::string>& tokens);

// Economy's figures are those of its last release. Waits until one has looked at the write that
// this token names. POSITION_NOT_REACHED after a minute, and the errors of a call.
absl::Status AwaitRelease(Client& client, const std::string& token);

}  // namespace puente::cli
