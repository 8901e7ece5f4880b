// Which software this is.
#pragma once

#include "absl/strings/string_view.h"

namespace puente {

absl::string_view Version();            // "0.1.0"
absl::string_view VersionWithCommit();  // "0.1.0+1a2b3c4", without the commit outside a checkout

}  // namespace puente
