// How workload becomes credits.
#pragma once

#include <cstdint>

namespace puente::education {

// Credits in ten-thousandths, rounded half up.
int64_t CreditsE4(int64_t workload_hours, int64_t hours_per_credit);

}  // namespace puente::education
