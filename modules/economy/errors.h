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

inline constexpr ErrorSpec kChamberVouchesForCompany{
    "CHAMBER_VOUCHES_FOR_COMPANY", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "$chamber confirmó lo que $company dice y no puede actuar por ella; elija otra cámara.",
    "$chamber confirmed what $company says and cannot act for it; choose another chamber."};

inline constexpr ErrorSpec kCompanyRfcConfirmed{
    "COMPANY_RFC_CONFIRMED", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "$other ya está confirmada con el RFC $rfc de $name, y una persona moral es una sola empresa; "
    "corrija el RFC, o termine o suspenda el registro de una de las dos.",
    "$other is confirmed with the RFC $rfc of $name already, and a legal entity is one company; "
    "correct the RFC, or end or suspend the registration of one of the two."};

inline constexpr ErrorSpec kDemandReleaseNotFound{
    "DEMAND_RELEASE_NOT_FOUND", absl::StatusCode::kNotFound, "economy.puente",
    "No hay una publicación de demanda $name; pida la lista, o no nombre ninguna para leer la "
    "última.",
    "There is no release of demand $name; list them, or name none to read the last one."};

inline constexpr ErrorSpec kPlaceReleaseNotFound{
    "PLACE_RELEASE_NOT_FOUND", absl::StatusCode::kNotFound, "economy.puente",
    "No hay una publicación de plazas $name; pida la lista, o no nombre ninguna para leer la "
    "última.",
    "There is no release of places $name; list them, or name none to read the last one."};

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

// Of training places.
inline constexpr ErrorSpec kSeatsTaken{
    "SEATS_TAKEN", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La plaza $name tiene $taken lugares ocupados; no puede quedar con $seat_count. Deje al menos "
    "$taken.",
    "Training place $name has $taken seats taken and cannot be left with $seat_count; leave at "
    "least "
    "$taken."};

inline constexpr ErrorSpec kPlacesTaken{
    "PLACES_TAKEN", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La plaza $name no tiene lugares libres: sus $seat_count están ocupados; busque otra, o espere "
    "a "
    "que se libere uno.",
    "Training place $name has no free seat: all $seat_count are taken; look for another, or wait "
    "until one is free."};

inline constexpr ErrorSpec kLearnerPlaced{
    "LEARNER_PLACED", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "$learner ya tiene en esos días la reserva $reservation; libérela, o elija otros días.",
    "$learner has reservation $reservation on those days; release it, or choose other days."};

inline constexpr ErrorSpec kPlaceRuleBeginTaken{
    "PLACE_RULE_BEGIN_TAKEN", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "Desde el $day ya vale $other; elija otro día para la regla nueva.",
    "$other counts from $day on already; choose another day for the new rule."};
inline constexpr ErrorSpec kReservationsTooMany{
    "RESERVATIONS_TOO_MANY", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "$organization ya aparta $most lugares, los que puede apartar a la vez; libere uno, o espere a "
    "$free_time, cuando vence el primero.",
    "$organization holds $most seats, as many as it may at a time; release one, or wait until "
    "$free_time, when the first one ends."};

inline constexpr ErrorSpec kReservationLapsed{
    "RESERVATION_LAPSED", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La reserva $name venció el $expire_time sin confirmarse; pida a la escuela que reserve otra "
    "vez.",
    "Reservation $name ended on $expire_time unconfirmed; ask the school to reserve again."};

inline constexpr ErrorSpec kStayToCome{
    "STAY_TO_COME", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La estancia de $name comienza el $start_date; regístrelo a partir de ese día.",
    "The stay of $name begins on $start_date; record it from that day on."};

inline constexpr ErrorSpec kStayOver{
    "STAY_OVER", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La estancia de $name terminó el $end_date; registre que nadie llegó, o pida otra reserva.",
    "The stay of $name ended on $end_date; record that nobody came, or ask for another "
    "reservation."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kDemandStatementNotCurrent,
                                            &kChamberActsForCompany,
                                            &kChamberVouchesForCompany,
                                            &kCompanyRfcConfirmed,
                                            &kDemandReleaseNotFound,
                                            &kPlaceReleaseNotFound,
                                            &kTableSessionToCome,
                                            &kSchoolCallOver,
                                            &kSchoolCallAnswered,
                                            &kSeatsTaken,
                                            &kPlacesTaken,
                                            &kLearnerPlaced,
                                            &kPlaceRuleBeginTaken,
                                            &kReservationsTooMany,
                                            &kReservationLapsed,
                                            &kStayToCome,
                                            &kStayOver};

}  // namespace puente::economy::error

namespace puente::economy::rule {

// Of proposals.
inline constexpr RuleSpec kSessionOfOtherTable{
    "SESSION_OF_OTHER_TABLE", "debe ser una sesión de $sector_table, la mesa de la propuesta.",
    "must be a session of $sector_table, the proposal's table."};
inline constexpr RuleSpec kNotInSession{
    "NOT_IN_SESSION",
    "debe venir de una sesión en la que $author participó; si participó, pida a Economía que "
    "registre la propuesta.",
    "must come of a session in which $author took part; if it did, ask Economy to record the "
    "proposal."};

inline constexpr RuleSpec kBeforeSession{
    "BEFORE_SESSION",
    "no puede ser anterior a $session_date, día de $session; ponga ese día u otro posterior.",
    "must not be before $session_date, the day of $session; give that day or a later one."};

// Of training places.
inline constexpr RuleSpec kBeforeToday{"BEFORE_TODAY", "no puede ser anterior a hoy, $today.",
                                       "must not be before today, $today."};
inline constexpr RuleSpec kOnlyIfFilled{"ONLY_IF_FILLED",
                                        "solo se dice de lo que se cerró como FILLED; quítelo.",
                                        "is said only of what is closed as FILLED; leave it out."};
inline constexpr RuleSpec kCampusOfOtherSchool{
    "CAMPUS_OF_OTHER_SCHOOL", "debe ser un plantel de $organization, que responde.",
    "must be a campus of $organization, which answers."};
inline constexpr RuleSpec kSeatsThoughItCannot{
    "SEATS_THOUGH_IT_CANNOT", "no puede haber donde no se puede hacer; deje 0, o corrija can_do.",
    "cannot be where it cannot be done; leave 0, or correct can_do."};
inline constexpr RuleSpec kCheckToCome{"CHECK_TO_COME",
                                       "está en el futuro; indique cuándo se consultó.",
                                       "is in the future; say when it was asked."};
inline constexpr RuleSpec kDaysReserved{
    "DAYS_RESERVED",
    "deja fuera días reservados, del $first al $last; inclúyalos, o espere a que se liberen.",
    "leaves out days that are reserved, $first to $last; include them, or wait until they are "
    "free."};
inline constexpr RuleSpec kStillReserved{
    "STILL_RESERVED",
    "tiene lugares reservados, del $first al $last; espere a que se liberen, o únale la otra.",
    "has seats that are reserved, $first to $last; wait until they are free, or join the other one "
    "under it."};
inline constexpr RuleSpec kNotAnotherOffer{"NOT_ANOTHER_OFFER",
                                           "debe ser otra oferta de $company, abierta o en pausa.",
                                           "must be another offer of $company, open or paused."};
inline constexpr RuleSpec kLearnerOfAnother{"LEARNER_OF_ANOTHER",
                                            "debe ser un estudiante de $organization, que reserva.",
                                            "must be a learner of $organization, which reserves."};
inline constexpr RuleSpec kOutsidePlace{
    "OUTSIDE_PLACE", "debe estar entre el $first y el $last, los días de la plaza.",
    "must be between $first and $last, the days of the place."};

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
