// What holds for everything that comes in numbered versions.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace puente::education {

// A version's name, taken apart.
struct VersionName {
  std::string parent;  // the id before "versions"
  int64_t number = 0;  // 1 to 999,999

  // "welding-tig", 2 of a stored "microcredentials/welding-tig/versions/2".
  static VersionName Of(absl::string_view name);
};

}  // namespace puente::education
