// What can only be wrong by a mistake of ours in code or contract, found when a server starts.
#pragma once

#include "absl/strings/string_view.h"

namespace puente::telemetry {

// Logs "programming_error" and ends the process.
[[noreturn]] void Mistake(absl::string_view what, absl::string_view name);

}  // namespace puente::telemetry
