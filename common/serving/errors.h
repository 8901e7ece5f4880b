// Why a server does not start.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kConfigInvalid{"CONFIG_INVALID", absl::StatusCode::kInvalidArgument,
                                          "puente", "La configuración no sirve: $where: $why.",
                                          "The configuration is no good: $where: $why."};
inline constexpr ErrorSpec kListenFailed{
    "LISTEN_FAILED", absl::StatusCode::kFailedPrecondition, "puente",
    "No se puede escuchar en $address; elija otra dirección o el puerto 0.",
    "Can't listen on $address; choose another address, or port 0 for a free one."};

}  // namespace puente::error
