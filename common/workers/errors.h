// What every server answers because of time or load.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kOverloaded{
    "OVERLOADED", absl::StatusCode::kResourceExhausted, "puente",
    "El servidor está saturado ($what); repita la llamada un poco después.",
    "The server is overloaded ($what); repeat the call a little later."};
inline constexpr ErrorSpec kDeadlineExceeded{
    "DEADLINE_EXCEEDED", absl::StatusCode::kDeadlineExceeded, "puente",
    "Venció el plazo de la llamada; dé más tiempo o pida menos.",
    "The call's deadline has passed; allow more time or ask for less."};
inline constexpr ErrorSpec kCancelled{
    "CANCELLED", absl::StatusCode::kCancelled, "puente",
    "Quien hizo la llamada la canceló; repítala si aún hace falta.",
    "The caller cancelled the call; repeat it if it is still needed."};
inline constexpr ErrorSpec kShuttingDown{"SHUTTING_DOWN", absl::StatusCode::kUnavailable, "puente",
                                         "El servidor se está apagando; repita la llamada.",
                                         "The server is shutting down; repeat the call."};

}  // namespace puente::error
