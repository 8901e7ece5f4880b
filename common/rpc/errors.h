// What every server answers by itself, before or instead of a handler.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kOverloaded{
    "OVERLOADED", absl::StatusCode::kResourceExhausted, "puente",
    "El servidor está saturado ($what); repita la llamada un poco después.",
    "The server is overloaded ($what); repeat the call a little later."};
inline constexpr ErrorSpec kDeadlineExceeded{
    "DEADLINE_EXCEEDED", absl::StatusCode::kDeadlineExceeded, "puente",
    "El plazo de la llamada venció; dé más tiempo o pida menos.",
    "The call's deadline has passed; give more time or ask for less."};
inline constexpr ErrorSpec kInvalidMessage{
    "INVALID_MESSAGE", absl::StatusCode::kInvalidArgument, "puente",
    "Los bytes de la petición no son un mensaje $type; genere el cliente del contrato vigente.",
    "The request's bytes are no message $type; generate the client from the current contract."};
inline constexpr ErrorSpec kCancelled{"CANCELLED", absl::StatusCode::kCancelled, "puente",
                                      "Quien llamó canceló la llamada.",
                                      "The caller cancelled the call."};
inline constexpr ErrorSpec kShuttingDown{"SHUTTING_DOWN", absl::StatusCode::kUnavailable, "puente",
                                         "El servidor se está apagando; repita la llamada.",
                                         "The server is shutting down; repeat the call."};
inline constexpr ErrorSpec kConfigInvalid{"CONFIG_INVALID", absl::StatusCode::kInvalidArgument,
                                          "puente", "La configuración no sirve: $where: $why.",
                                          "The configuration is no good: $where: $why."};
inline constexpr ErrorSpec kListenFailed{
    "LISTEN_FAILED", absl::StatusCode::kFailedPrecondition, "puente",
    "No se puede escuchar en $address; elija otra dirección o el puerto 0.",
    "Can't listen on $address; choose another address, or port 0 for a free one."};

}  // namespace puente::error
