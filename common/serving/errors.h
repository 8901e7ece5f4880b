// Why a server does not start, or is not ready.
#pragma once

#include <string>

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kConfigInvalid{
    "CONFIG_INVALID", absl::StatusCode::kInvalidArgument, "puente",
    "La configuración no es válida: $where: $why. Corríjala y vuelva a iniciar el servidor.",
    "The configuration is not valid: $where: $why. Correct it and start the server again."};
inline constexpr ErrorSpec kListenFailed{
    "LISTEN_FAILED", absl::StatusCode::kFailedPrecondition, "puente",
    "No se puede escuchar en $address; elija otra dirección, o el puerto 0 para usar cualquiera "
    "libre.",
    "Cannot listen on $address; choose another address, or port 0 for any free port."};
inline constexpr ErrorSpec kServerNotAnswering{
    "SERVER_NOT_ANSWERING", absl::StatusCode::kUnavailable, "puente",
    "El servidor no contesta a quienes llaman a $address: $why. Revise sus conexiones abiertas, su "
    "límite de descriptores y su certificado.",
    "The server does not answer callers at $address: $why. Check its open connections, its limit "
    "of descriptors and its certificate."};

}  // namespace puente::error

namespace puente::serving {

inline absl::Status NotAnswering(const std::string& address, const std::string& why) {
  return Error(error::kServerNotAnswering, "address"_is(address), "why"_is(why));
}

}  // namespace puente::serving
