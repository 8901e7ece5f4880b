// What the gateway itself says about a section or a view. An agency's own errors pass unchanged.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kAgencyUnavailable{
    "AGENCY_UNAVAILABLE", absl::StatusCode::kUnavailable, "gateway.puente",
    "No hay conexión con $agency; repita la consulta más tarde.",
    "There is no connection to $agency; ask again later."};
inline constexpr ErrorSpec kAgencyLate{
    "AGENCY_LATE", absl::StatusCode::kDeadlineExceeded, "gateway.puente",
    "$agency no respondió dentro del plazo; dé más tiempo o repita la consulta más tarde.",
    "$agency did not answer in time; give more time or ask again later."};
inline constexpr ErrorSpec kAgencyFailed{
    "AGENCY_FAILED", absl::StatusCode::kInternal, "gateway.puente",
    "$agency falló sin decir por qué; repórtelo con el identificador $trace.",
    "$agency failed without saying why; report it with the id $trace."};
inline constexpr ErrorSpec kAgencyBusy{
    "AGENCY_BUSY", absl::StatusCode::kResourceExhausted, "gateway.puente",
    "Ya hay $limit consultas a $agency sin respuesta; repita la consulta un poco después.",
    "There are $limit calls to $agency without an answer already; ask again a little later."};
// One text for every refusal, so that none tells whether a thing exists.
inline constexpr ErrorSpec kAgencyRefused{
    "AGENCY_REFUSED", absl::StatusCode::kPermissionDenied, "gateway.puente",
    "$agency no permite esta consulta a $caller.", "$agency does not let $caller ask this."};
inline constexpr ErrorSpec kNeedsSection{"NEEDS_SECTION", absl::StatusCode::kFailedPrecondition,
                                         "gateway.puente",
                                         "Hace falta la sección $section, que no está: $why",
                                         "The section $section is needed and missing: $why"};
inline constexpr ErrorSpec kNoSectorPrefixes{
    "NO_SECTOR_PREFIXES", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$sector no tiene hoy ningún prefijo SCIAN, así que no hay vacantes que contar.",
    "$sector has no SCIAN prefix in force today, so there are no vacancies to count."};
inline constexpr ErrorSpec kNoSkills{
    "NO_SKILLS", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$version no nombra ninguna habilidad que buscar.", "$version names no skill to look for."};
inline constexpr ErrorSpec kTooManySkills{
    "TOO_MANY_SKILLS", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "$version nombra $count habilidades; se buscan a lo más $limit a la vez.",
    "$version names $count skills; at most $limit are looked for at a time."};
inline constexpr ErrorSpec kNoDemandStates{
    "NO_DEMAND_STATES", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "La demanda de estas habilidades no tiene ningún estado publicado en el que contar vacantes.",
    "The demand for these skills has no published state in which to count vacancies."};
inline constexpr ErrorSpec kViewCancelled{
    "VIEW_CANCELLED", absl::StatusCode::kCancelled, "gateway.puente",
    "Quien llamó ya no espera la respuesta.", "The caller no longer waits for the answer."};

}  // namespace puente::error
