// Why a caller was not let in.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kCallerUnknown{
    "CALLER_UNKNOWN", absl::StatusCode::kUnauthenticated, "puente",
    "Su certificado no dice quién llama: $why. Use uno con un solo URI "
    "spiffe://$trust_domain/<tipo>/<id>.",
    "Your certificate does not say who calls: $why. Use one with a single URI "
    "spiffe://$trust_domain/<kind>/<id>."};
inline constexpr ErrorSpec kCallerRefused{"CALLER_REFUSED", absl::StatusCode::kPermissionDenied,
                                          "puente",
                                          "$caller no puede llamar a $method; pueden: $allowed.",
                                          "$caller may not call $method; these may: $allowed."};
inline constexpr ErrorSpec kDelegationRefused{
    "DELEGATION_REFUSED", absl::StatusCode::kPermissionDenied, "puente",
    "$caller no puede llamar a $method en nombre de otro: $why. Llame con su propio certificado y "
    "sin puente-original-caller.",
    "$caller may not call $method on behalf of another: $why. Call with your own certificate and "
    "without puente-original-caller."};
inline constexpr ErrorSpec kTlsFiles{"TLS_FILES", absl::StatusCode::kFailedPrecondition, "puente",
                                     "El archivo $file no sirve: $why.",
                                     "The file $file is no good: $why."};

}  // namespace puente::error
