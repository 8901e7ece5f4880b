// What ends a slice of due work. Callers see neither.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kLeaseLost{
    "LEASE_LOST", absl::StatusCode::kAborted, "puente",
    "El trabajo $kind pasó a otro proceso o cambió; no hay que hacer nada.",
    "The work $kind was taken over by another process, or replaced; there is nothing to do."};

}  // namespace puente::error
