// What Science answers besides the errors that all servers and all resources share.
#pragma once

#include "common/status/error.h"

namespace puente::science::error {

inline constexpr ErrorSpec kInnovationProjectEnded{
    "INNOVATION_PROJECT_ENDED", absl::StatusCode::kFailedPrecondition, "science.puente",
    "El proyecto $name está en $state y ya no puede cambiar; registre otro.",
    "Innovation project $name is $state and can no longer change; create another one."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kInnovationProjectEnded};

}  // namespace puente::science::error
