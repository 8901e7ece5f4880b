// RFC, the key of Mexico's tax register.
#pragma once

#include "absl/strings/string_view.h"

namespace puente {

// Whether the last character is the one computed from the others. About 1.5 % of the RFCs in use
// are not like that: warn, never refuse. False for what is no RFC of 12 or 13 characters.
bool RfcCheckDigitFits(absl::string_view rfc);

}  // namespace puente
