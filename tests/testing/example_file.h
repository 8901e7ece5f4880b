// Real files that are not part of the repository (docs/example-files.md).
#pragma once

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace puente::testing {

// Where such a file is, if it is there: a test without it is skipped.
inline std::string ExampleFile(absl::string_view name) {
  const char* const folder = std::getenv("PUENTE_EXAMPLES");
  return absl::StrCat(folder != nullptr ? folder : "../shared/data", "/", name);
}

}  // namespace puente::testing
