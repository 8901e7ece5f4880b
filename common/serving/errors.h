// Why a server does not start, or is not ready.
#pragma once

#include <string>

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kConfigInvalid{"CONFIG_INVALID", absl::StatusCode::kInvalidArgument,
                                          "puente", "La configuración no sirve: $where: $why.",
                                          "The configuration is no good: $where: $why."};
inline constexpr ErrorSpec kListenFailed{
    "LISTEN_FAILED", absl::StatusCode::kFailedPrecondition, "puente",
    "No se puede escuchar en $address; elija otra dirección o el puerto 0.",
    "Can't listen on $address; choose another address, or port 0 for a free one."};
inline constexpr ErrorSpec kServerNotAnswering{
    "SERVER_NOT_ANSWERING", absl::StatusCode::kUnavailable, "puente",
    "El servidor no contesta a quien llama a $address: $why. Revise sus conexiones abiertas, su "
    "límite de descriptores y su certificado.",
    "The server does not answer callers at $address: $why. Look at its open connections, its limit "
    "of descriptors and its certificate."};

}  // namespace puente::error

namespace puente::serving {

inline absl::Status NotAnswering(const std::string& address, const std::string& why) {
  return Error(error::kServerNotAnswering, {{"address", address}, {"why", why}});
}

}  // namespace puente::serving
