// The municipalities of the states of which only a part lies in the northern border free zone.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace puente::labor::rules {

// Fold() of the name of the municipality that a supplier wrote: its name without regard to case and
// accents, after "H." or "Heroica" or not; another name that it goes by; or its INEGI code, "043"
// or "26043". Nothing if it is none of the state's, or the state is not listed here.
std::optional<std::string> FindMunicipality(absl::string_view state_code, absl::string_view text);

}  // namespace puente::labor::rules
