// Figures after writes of one's own.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cli/client.h"

namespace puente::cli {

// Waits until figures contain what calls of this method
// ("puente.labor.v1.SkillService/CreateSkill") wrote, as these freshness tokens name it, so that
// who asks next sees it: Labor's and those of seats, which follow their records by some
// milliseconds, and Economy's after ReleaseDemand. Other figures are of the records themselves, or
// of a later release. POSITION_NOT_REACHED after a minute, and the errors of a call.
absl::Status AwaitFigures(Client& client, absl::string_view method,
                          const std::vector<std::string>& tokens);

}  // namespace puente::cli
