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
inline constexpr ErrorSpec kCallerNotRegistered{
    "CALLER_NOT_REGISTERED", absl::StatusCode::kPermissionDenied, "puente",
    "$caller no está en el registro; pida a la operación de Puente que lo inscriba.",
    "$caller is not in the registry of principals; ask Puente's operators to enter it."};
inline constexpr ErrorSpec kCallerBlocked{
    "CALLER_BLOCKED", absl::StatusCode::kPermissionDenied, "puente",
    "$caller está bloqueado; aclárelo con la operación de Puente.",
    "$caller is blocked; settle it with Puente's operators."};
inline constexpr ErrorSpec kActorUnknown{
    "ACTOR_UNKNOWN", absl::StatusCode::kPermissionDenied, "puente",
    "El registro no tiene entre las personas activas de $caller a $actor (puente-actor).",
    "The registry has no $actor (puente-actor) among those who may act for $caller."};
inline constexpr ErrorSpec kActorRefused{
    "ACTOR_REFUSED", absl::StatusCode::kPermissionDenied, "puente",
    "$method exige que una persona actúe: diga quién en puente-actor; su papel debe ser uno de "
    "$roles.",
    "$method needs a person who acts: say who in puente-actor; the role must be one of $roles."};
inline constexpr ErrorSpec kPurposeRefused{
    "PURPOSE_REFUSED", absl::StatusCode::kPermissionDenied, "puente",
    "$method se llama con una finalidad en puente-purpose, una de $purposes.",
    "$method is called for a purpose, given in puente-purpose as one of $purposes."};
inline constexpr ErrorSpec kRegistryInvalid{"REGISTRY_INVALID",
                                            absl::StatusCode::kFailedPrecondition, "puente",
                                            "El registro de participantes no sirve: $where: $why.",
                                            "The registry of principals is no good: $where: $why."};

}  // namespace puente::error
