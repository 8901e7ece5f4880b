// What every server answers before a function sees the call.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kInvalidMessage{
    "INVALID_MESSAGE", absl::StatusCode::kInvalidArgument, "puente",
    "Los bytes de la petición no son un mensaje $type; genere el cliente del contrato vigente.",
    "The request's bytes are no message $type; generate the client from the current contract."};

}  // namespace puente::error
