// gzip, as HTTP sends it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace puente::http {

// As gzip without name and time, so that the same bytes become the same; "" if zlib fails, or where
// that would not be shorter. `level` is zlib's.
std::string Zipped(absl::string_view bytes, int level);

// How many bytes were zipped, as gzip says it at its end: what a reader makes room for. 0 of what
// is no gzip.
size_t SizeBefore(absl::string_view zipped);

// What was zipped: nothing unless it is one whole gzip of as many bytes as it says.
std::optional<std::string> Unzipped(absl::string_view zipped);

}  // namespace puente::http
