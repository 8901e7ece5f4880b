// Texts in CSV (RFC 4180).
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace puente {

// Adds a field, quoted where it must be. A text that a spreadsheet would run as a formula, because
// it begins with "=", "+", "-", "@", a tab or a carriage return, gets an apostrophe before it, as
// OWASP advises. Not for numbers.
void AppendCsvText(std::string& out, absl::string_view text);

}  // namespace puente
