// Text that others sent, in what is said of it.
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"

namespace puente {

// The beginning of UTF-8 text in whole characters, at most so many bytes.
absl::string_view Beginning(absl::string_view text, size_t most_bytes);

}  // namespace puente
