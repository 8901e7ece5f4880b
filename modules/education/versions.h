// What holds for everything that comes in numbered versions.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

namespace puente::education {

// A version's name, taken apart.
struct VersionName {
  std::string parent;  // the id before "versions"
  int64_t number = 0;  // 1 to 999,999

  // "welding-tig", 2 of a stored "microcredentials/welding-tig/versions/2".
  static VersionName Of(absl::string_view name);
};

// OK if the version called `name` comes right after the last number, 0 if there is none yet; else
// one of the two errors.
absl::Status CheckNext(const std::string& name, int64_t last, const ErrorSpec& already_exists,
                       const ErrorSpec& not_next);

}  // namespace puente::education
