// Where records come from, as `source` fields name it: "portal-del-empleo", "company.acme".
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace puente {

// Characters that a source has at most.
inline constexpr size_t kMostSource = 64;

// Lower-case letters, digits, hyphens and dots, beginning with a letter or digit.
bool IsSource(absl::string_view text);

// The source of a caller to whom no other is given: its path with dots, "company.acme".
std::string SourceOfPath(absl::string_view path);

}  // namespace puente
