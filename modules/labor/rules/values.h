// Money and dates as the rules count them.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/civil_time.h"
#include "google/type/date.pb.h"
#include "google/type/money.pb.h"

namespace puente::labor::rules {

using Centavos = int64_t;

// The largest amount that is taken for a wage: what is above is a slip of the keyboard, and sums
// and products of amounts up to here stay inside 64 bits.
inline constexpr Centavos kMostCentavos = 1'000'000'000'00;

// Nothing unless the amount is in MXN, in whole centavos, and within 0..kMostCentavos.
std::optional<Centavos> ToCentavos(const google::type::Money& money);
google::type::Money ToMoney(Centavos centavos);

// Nothing unless it is a whole date of the calendar (year 1 to 9999).
std::optional<absl::CivilDay> ToDay(const google::type::Date& date);
google::type::Date ToDate(absl::CivilDay day);

}  // namespace puente::labor::rules
