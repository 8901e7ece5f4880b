// The 32 federal entities by INEGI code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace puente {

struct FederalState {
  absl::string_view code;  // "01".."32"
  absl::string_view name;  // "Coahuila"
};

// By code.
const std::vector<FederalState>& FederalStates();

// The name of a code; nothing if there is no such code.
std::optional<absl::string_view> StateName(absl::string_view code);

// The code of a state as people write it: a code, or a name without regard to case and accents
// ("Mexico" and "Estado de México" are 15, "CDMX" is 09). Nothing if it is none of them.
std::optional<absl::string_view> StateCode(absl::string_view text);

}  // namespace puente
