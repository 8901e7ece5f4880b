#include "common/rpc/mistake.h"

#include <cstdlib>

#include "common/rpc/log.h"

namespace puente::rpc {

void Mistake(absl::string_view what, absl::string_view name) {
  Log(Severity::kError, "programming_error", {{"what", what}, {"name", name}});
  std::abort();
}

}  // namespace puente::rpc
