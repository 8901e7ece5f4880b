// The query of a target, as forms write it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace puente::console {

// The path of a target: all before its query.
absl::string_view PathOf(absl::string_view target);

// Its parameters by name. Nothing if one is there twice, or is not written as it must be.
std::optional<std::map<std::string, std::string>> QueryOf(absl::string_view target);

}  // namespace puente::console
