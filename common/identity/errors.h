// Why a caller was not let in.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kCallerUnknown{
    "CALLER_UNKNOWN", absl::StatusCode::kUnauthenticated, "puente",
    "Su certificado no identifica a quien llama: $why. Use uno con un solo URI "
    "spiffe://$trust_domain/<tipo>/<id>.",
    "Your certificate does not identify the caller: $why. Use one with a single URI "
    "spiffe://$trust_domain/<kind>/<id>."};
inline constexpr ErrorSpec kCallerRefused{
    "CALLER_REFUSED", absl::StatusCode::kPermissionDenied, "puente",
    "$caller no está autorizado a llamar a $method; lo están: $allowed.",
    "$caller is not allowed to call $method; those allowed are: $allowed."};
inline constexpr ErrorSpec kDelegationRefused{
    "DELEGATION_REFUSED", absl::StatusCode::kPermissionDenied, "puente",
    "$caller no puede llamar a $method en nombre de otro: $why. Llame con su propio certificado y "
    "sin puente-original-caller.",
    "$caller may not call $method on behalf of another: $why. Call with your own certificate and "
    "without puente-original-caller."};
inline constexpr ErrorSpec kDelegationRequired{
    "DELEGATION_REQUIRED", absl::StatusCode::kPermissionDenied, "puente",
    "$method es un paso de un acto ante dos instituciones y solo la pasarela lo da; llame a la "
    "pasarela, al método que realiza el acto completo.",
    "$method is one step of an act over two owners, which the gateway alone takes; call the "
    "gateway, the method that does the whole act."};
inline constexpr ErrorSpec kTlsFiles{"TLS_FILES", absl::StatusCode::kFailedPrecondition, "puente",
                                     "El archivo $file no es utilizable: $why. Reemplácelo.",
                                     "The file $file is not usable: $why. Replace it."};
inline constexpr ErrorSpec kCallerNotRegistered{
    "CALLER_NOT_REGISTERED", absl::StatusCode::kPermissionDenied, "puente",
    "$caller no está inscrito en el registro de participantes; pida a quienes operan Puente que lo "
    "inscriban.",
    "$caller is not in the registry of principals; ask Puente's operators to add it."};
inline constexpr ErrorSpec kCallerBlocked{
    "CALLER_BLOCKED", absl::StatusCode::kPermissionDenied, "puente",
    "$caller está bloqueado; comuníquese con quienes operan Puente.",
    "$caller is blocked; contact Puente's operators."};
inline constexpr ErrorSpec kActorUnknown{
    "ACTOR_UNKNOWN", absl::StatusCode::kPermissionDenied, "puente",
    "$actor (puente-actor) no está en el registro entre las personas que pueden actuar por "
    "$caller; revise el identificador o pida a quienes operan Puente que la inscriban.",
    "$actor (puente-actor) is not in the registry among those who may act for $caller; check the "
    "id, or ask Puente's operators to add the person."};
inline constexpr ErrorSpec kActorRefused{"ACTOR_REFUSED", absl::StatusCode::kPermissionDenied,
                                         "puente",
                                         "$method exige que actúe una persona: indíquela en "
                                         "puente-actor; su función debe ser una de $roles.",
                                         "$method requires a person to act for you: name that "
                                         "person in puente-actor; the role must be one of $roles."};
inline constexpr ErrorSpec kPurposeRefused{
    "PURPOSE_REFUSED", absl::StatusCode::kPermissionDenied, "puente",
    "$method requiere una finalidad; indique en puente-purpose una de estas: $purposes.",
    "$method requires a purpose; give one of these in puente-purpose: $purposes."};
inline constexpr ErrorSpec kRegistryInvalid{
    "REGISTRY_INVALID", absl::StatusCode::kFailedPrecondition, "puente",
    "El registro de participantes no es válido: $where: $why. Emita uno corregido.",
    "The registry of principals is not valid: $where: $why. Issue a corrected one."};

}  // namespace puente::error
