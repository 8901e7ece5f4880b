// Money as the rules count it.
#pragma once

#include <optional>

#include "common/context/values.h"

namespace puente::labor::rules {

using Centavos = int64_t;

// The largest amount that is taken for a wage: what is above is a slip of the keyboard, and sums
// and products of amounts up to here stay inside 64 bits.
inline constexpr Centavos kMostCentavos = 1'000'000'000'00;

// Nothing unless the amount is in MXN, in whole centavos, and within 0..kMostCentavos.
std::optional<Centavos> ToCentavos(const google::type::Money& money);

}  // namespace puente::labor::rules
