#include "common/telemetry/mistake.h"

#include <cstdlib>

#include "common/telemetry/log.h"

namespace puente::telemetry {

void Mistake(absl::string_view what, absl::string_view name) {
  Log(Severity::kError, "programming_error", {{"what", what}, {"name", name}});
  std::abort();
}

}  // namespace puente::telemetry
