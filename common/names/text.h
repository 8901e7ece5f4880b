// Unicode text: what is stored is NFC and trimmed; what is compared or ordered is folded.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace puente {

// NFC without white space at either end. Nothing if `text` is not UTF-8, has control characters
// other than tab and line breaks or changes the direction of what follows, or if there is nothing
// in it to see.
std::optional<std::string> Normalize(absl::string_view text);

// `text` without white space at either end, be it of ASCII or not, as Normalize() leaves it.
absl::string_view Trim(absl::string_view text);

// Lower case without accents, ñ kept, runs of white space as one space: what search and lookup
// compare ("Juárez" = "JUAREZ", "Peña" ≠ "Pena"). `text` that is not UTF-8 comes back as it is.
std::string Fold(absl::string_view text);

// Letters a to z and digits of `text`, without accents, what stands between them as one hyphen, at
// most 200: "soldadura-tig-espana" of "Soldadura TIG (España)". By what begins so lists are
// searched.
std::string Slug(absl::string_view text);

// `bytes` with U+FFFD in place of each one that is not part of UTF-8 text.
std::string ReplaceNonUtf8(absl::string_view bytes);

// Code points in UTF-8 text.
size_t CodePoints(absl::string_view text);

}  // namespace puente
