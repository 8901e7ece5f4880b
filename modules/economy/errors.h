// What Economy answers besides the errors that all servers and all resources share.
#pragma once

#include "common/status/error.h"

namespace puente::economy::error {

inline constexpr ErrorSpec kDemandStatementNotCurrent{
    "DEMAND_STATEMENT_NOT_CURRENT", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La declaración de demanda $name está en $state y ya no cuenta; si la necesidad sigue, "
    "presente otra.",
    "Demand statement $name is $state and no longer counts; if the need remains, state it in a new "
    "one."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kDemandStatementNotCurrent};

}  // namespace puente::economy::error
