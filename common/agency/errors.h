// Errors of what every agency serves.
#pragma once

#include "common/status/error.h"

namespace puente::agency::error {

inline constexpr ErrorSpec kCountedKindAlreadyExists{
    "COUNTED_KIND_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "puente",
    "Ya existe $name; use otro id.", "$name already exists; use another id."};

}  // namespace puente::agency::error
