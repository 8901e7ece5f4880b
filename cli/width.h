// How much room text takes on a terminal.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace puente::cli {

// Columns that `text` fills: accents fill none of their own, East Asian letters two.
size_t DisplayWidth(absl::string_view text);

// What can be shown of text from outside: control characters, which could drive the terminal,
// become spaces; bytes that are no UTF-8 become U+FFFD.
std::string Printable(absl::string_view text);

// `text`, or as much of it as fits into `width` columns with "…" at its end.
std::string Fit(absl::string_view text, size_t width);

// `text` in lines of as many whole words as fit into `width` columns; a longer word has its own.
std::vector<std::string> Wrapped(absl::string_view text, size_t width);

// `text` with spaces up to `width` columns.
std::string PadRight(absl::string_view text, size_t width);
std::string PadLeft(absl::string_view text, size_t width);

}  // namespace puente::cli
