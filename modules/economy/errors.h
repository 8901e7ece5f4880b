// What Economy answers besides the errors that all servers and all resources share.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::economy::error {

inline constexpr ErrorSpec kDemandStatementNotCurrent{
    "DEMAND_STATEMENT_NOT_CURRENT", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La declaración de demanda $name está en $state y ya no cuenta; si la necesidad sigue, "
    "presente otra.",
    "Demand statement $name is $state and no longer counts; if the need remains, state it in a new "
    "one."};

inline constexpr ErrorSpec kChamberActsForCompany{
    "CHAMBER_ACTS_FOR_COMPANY", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "$chamber actúa o actuó por $company y no puede confirmar lo que esta dice; pídalo a Economía "
    "o a "
    "otra cámara.",
    "$chamber acts or acted for $company and cannot confirm what it says; ask Economy or another "
    "chamber."};

inline constexpr ErrorSpec kDemandReleaseNotFound{
    "DEMAND_RELEASE_NOT_FOUND", absl::StatusCode::kNotFound, "economy.puente",
    "No hay una publicación de demanda $name; pida la lista, o no nombre ninguna para leer la "
    "última.",
    "There is no release of demand $name; list them, or name none to read the last one."};

inline constexpr ErrorSpec kTableSessionToCome{
    "TABLE_SESSION_TO_COME", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La sesión $name es el $session_date y todavía no se celebra; regístrela ese día, o cambie "
    "antes "
    "su fecha.",
    "Session $name is on $session_date and has not been held yet; record it on that day, or change "
    "its date first."};

inline constexpr ErrorSpec kSchoolCallOver{
    "SCHOOL_CALL_OVER", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La convocatoria $name ya no recibe respuestas: se cerró, o pasó su último día, $end_date; "
    "pida "
    "a Economía una prórroga u otra convocatoria.",
    "Call $name takes no answers any more: it was closed, or its last day, $end_date, is past; ask "
    "Economy for a later last day or another call."};

inline constexpr ErrorSpec kSchoolCallAnswered{
    "SCHOOL_CALL_ANSWERED", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "$organization ya respondió a la convocatoria $name; cambie esa respuesta.",
    "$organization has answered call $name already; change that answer."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {
    &kDemandStatementNotCurrent, &kChamberActsForCompany, &kDemandReleaseNotFound,
    &kTableSessionToCome,        &kSchoolCallOver,        &kSchoolCallAnswered};

}  // namespace puente::economy::error

namespace puente::economy::rule {

inline constexpr RuleSpec kBeforeSession{
    "BEFORE_SESSION",
    "no puede ser anterior a $session_date, día de $session; ponga ese día u otro posterior.",
    "must not be before $session_date, the day of $session; give that day or a later one."};

// Of value chains.
inline constexpr RuleSpec kUnknownStage{"UNKNOWN_STAGE",
                                        "no es una etapa de la cadena; use una de: $stages.",
                                        "is no stage of the chain; use one of: $stages."};
inline constexpr RuleSpec kLinkToItself{"LINK_TO_ITSELF",
                                        "une una etapa consigo misma; quite el enlace.",
                                        "links a stage to itself; remove the link."};
inline constexpr RuleSpec kLinkRepeated{"LINK_REPEATED",
                                        "repite el enlace $earlier; quite uno de los dos.",
                                        "repeats link $earlier; remove one of the two."};
inline constexpr RuleSpec kStagesOverlap{
    "STAGES_OVERLAP", "comparte clases con $earlier de otra etapa; deje cada clase en una sola.",
    "shares classes with $earlier of another stage; leave each class in one of them."};

}  // namespace puente::economy::rule
