// What Education answers of dual education.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::education::error {

inline constexpr ErrorSpec kDualAgreementOver{
    "DUAL_AGREEMENT_OVER", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El último día del convenio $name fue el $end_date y ya no se puede aceptar; pida que se "
    "proponga otro.",
    "The last day of agreement $name was $end_date, and it can no longer be accepted; have another "
    "proposed."};
inline constexpr ErrorSpec kDualAgreementHasPlans{
    "DUAL_AGREEMENT_HAS_PLANS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "En el convenio $name se apoya el plan $plan, que sigue; termine antes sus planes.",
    "Plan $plan rests on agreement $name and goes on; end its plans before."};
inline constexpr ErrorSpec kMinorLimitBeginTaken{
    "MINOR_LIMIT_BEGIN_TAKEN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "Desde el $day ya vale $other para esa edad; elija otro día u otra edad.",
    "$other counts from $day on for that age already; choose another day or another age."};
inline constexpr ErrorSpec kDualPlanOverlaps{
    "DUAL_PLAN_OVERLAPS", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El estudiante ya tiene el plan $other, con días comunes; elija otros días o termine ese "
    "antes.",
    "The learner has plan $other already, with days in both; choose other days, or end that one "
    "before."};
inline constexpr ErrorSpec kDualPlanFollowed{
    "DUAL_PLAN_FOLLOWED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "Al plan $name ya le sigue otro, que llevó consigo sus minutos; registre en ese.",
    "Another plan follows $name already and has taken its minutes along; record in that one."};
inline constexpr ErrorSpec kDualLearnerTooYoung{
    "DUAL_LEARNER_TOO_YOUNG", absl::StatusCode::kFailedPrecondition, "education.puente",
    "Ningún límite para menores admite al estudiante en los días del plan; elija días posteriores, "
    "o consulte ListMinorLimits.",
    "No limit of minors admits the learner on the plan's days; choose later days, or see "
    "ListMinorLimits."};
inline constexpr ErrorSpec kDualSeatMissing{
    "DUAL_SEAT_MISSING", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El estudiante no tiene lugar en $place, o ya lo dejó; asígnele uno con PlaceLearner antes del "
    "plan.",
    "The learner has no seat at $place, or has left it; place the learner with PlaceLearner before "
    "the plan."};
inline constexpr ErrorSpec kDualOutcomeNotAchieved{
    "DUAL_OUTCOME_NOT_ACHIEVED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La evaluación $name se apoya en planes cuyo resultado $outcome la empresa no ha juzgado como "
    "logrado; pídale que lo haga con JudgeOutcome, o quite el plan de dual_plans.",
    "Assessment $name rests on plans of which the company has not judged outcome $outcome as "
    "achieved; ask it to do so with JudgeOutcome, or remove the plan from dual_plans."};
inline constexpr ErrorSpec kDualCodeWrong{
    "DUAL_CODE_WRONG", absl::StatusCode::kInvalidArgument, "education.puente",
    "El código no es el que se entregó al estudiante de $name; quedan $left intentos.",
    "The code is not the one that the learner of $name was handed; $left tries are left."};
inline constexpr ErrorSpec kDualCodeSpent{
    "DUAL_CODE_SPENT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "No hay código vigente de $name: ya se usó, venció o se agotaron los intentos; pida otro con "
    "IssueDualCode.",
    "No code of $name is good: it was used, has expired, or its tries are spent; ask for another "
    "with IssueDualCode."};
inline constexpr ErrorSpec kDualChangeOpen{
    "DUAL_CHANGE_OPEN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "En $name ya hay un cambio propuesto; acéptelo, rechácelo o retírelo antes.",
    "A change of $name is proposed already; accept, refuse or withdraw it before."};
inline constexpr ErrorSpec kDualChangeNone{
    "DUAL_CHANGE_NONE", absl::StatusCode::kFailedPrecondition, "education.puente",
    "En $name no hay un cambio propuesto; lea el plan otra vez.",
    "No change of $name is proposed; read the plan again."};
inline constexpr ErrorSpec kDualChangeOwn{
    "DUAL_CHANGE_OWN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El cambio de $name lo propuso usted y lo responde la otra parte; puede retirarlo.",
    "You have proposed the change of $name, which the other side answers; you may withdraw it."};
inline constexpr ErrorSpec kDualChangeNotOwn{
    "DUAL_CHANGE_NOT_OWN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El cambio de $name lo propuso la otra parte y solo ella lo retira; puede rechazarlo.",
    "The other side has proposed the change of $name and alone withdraws it; you may refuse it."};
inline constexpr ErrorSpec kDualMinutesConfirmed{
    "DUAL_MINUTES_CONFIRMED", absl::StatusCode::kFailedPrecondition, "education.puente",
    "Del resultado $outcome de $name ya hay $minutes minutos registrados; planee al menos esos.",
    "$minutes minutes are recorded for outcome $outcome of $name already; plan at least these."};
inline constexpr ErrorSpec kDualMinutesOverPlan{
    "DUAL_MINUTES_OVER_PLAN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "Con $minutes minutos más, el resultado $outcome de $name pasaría de lo planeado; proponga un "
    "cambio del plan, o impugne el registro.",
    "With $minutes more minutes outcome $outcome of $name would be over its plan; propose a change "
    "of the plan, or dispute the entry."};
inline constexpr ErrorSpec kDualDayFull{
    "DUAL_DAY_FULL", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El $day de $name no admite $minutes minutos más: son a lo sumo $most; anule lo que sobre o "
    "corrija los minutos.",
    "$day of $name does not take $minutes more minutes: at most $most; void what is too much, or "
    "correct the minutes."};
inline constexpr ErrorSpec kDualWeekFull{
    "DUAL_WEEK_FULL", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La semana del $day de $name no admite $minutes minutos más: son a lo sumo $most; anule lo que "
    "sobre o corrija los minutos.",
    "The week from $day of $name does not take $minutes more minutes: at most $most; void what is "
    "too much, or correct the minutes."};
inline constexpr ErrorSpec kHourEntryOwn{
    "HOUR_ENTRY_OWN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El registro $name es de su parte, y lo responde la otra; puede anularlo.",
    "Entry $name is your side's, and the other answers it; you may void it."};
inline constexpr ErrorSpec kHourEntryNotOwn{
    "HOUR_ENTRY_NOT_OWN", absl::StatusCode::kFailedPrecondition, "education.puente",
    "El registro $name es de la otra parte, y solo ella lo anula; puede impugnarlo.",
    "Entry $name is the other side's, which alone voids it; you may dispute it."};

}  // namespace puente::education::error

namespace puente::education::rule {

inline constexpr RuleSpec kEndOver{"END_OVER", "no puede ser anterior a hoy, $today.",
                                   "must not be before today, $today."};
inline constexpr RuleSpec kAgesReversed{"AGES_REVERSED",
                                        "no puede ser menor que from_age; corrija uno de los dos.",
                                        "must not be less than from_age; correct one of the two."};
inline constexpr RuleSpec kOutsideAgreement{
    "OUTSIDE_AGREEMENT", "debe estar entre los días del convenio, del $first al $last.",
    "must be within the agreement's days, from $first to $last."};
inline constexpr RuleSpec kNotInsured{"NOT_INSURED",
                                      "no puede ser posterior al último día asegurado, $last.",
                                      "must not be after the last day that is insured, $last."};
inline constexpr RuleSpec kWeeklyHoursOver{"WEEKLY_HOURS_OVER",
                                           "debe ser como máximo $most en este plan.",
                                           "must be at most $most in this plan."};
inline constexpr RuleSpec kOutsideStay{
    "OUTSIDE_STAY", "debe estar entre los días del lugar asignado, del $first al $last.",
    "must be within the days of the learner's seat, from $first to $last."};
inline constexpr RuleSpec kPlanOfAnotherEnrolment{"PLAN_OF_ANOTHER_ENROLMENT",
                                                  "debe ser un plan de $enrolment.",
                                                  "must be a plan of $enrolment."};
inline constexpr RuleSpec kPlaceOfAnotherCompany{
    "PLACE_OF_ANOTHER_COMPANY", "debe ser de $company, con quien es el convenio.",
    "must be of $company, with which the agreement is."};
inline constexpr RuleSpec kNoSuchOutcome{"NO_SUCH_OUTCOME",
                                         "debe ser el número de un resultado: hay $count.",
                                         "must be the number of an outcome: there are $count."};
inline constexpr RuleSpec kNotInPlan{"NOT_IN_PLAN", "debe ser un resultado del plan.",
                                     "must be an outcome of the plan."};
inline constexpr RuleSpec kGuardianConsentNeeded{"GUARDIAN_CONSENT_NEEDED",
                                                 "debe ser ON_PAPER, pues el plan lo necesita.",
                                                 "must be ON_PAPER, since the plan needs it."};
inline constexpr RuleSpec kOnlyOnPaper{"ONLY_ON_PAPER",
                                       "solo va con guardian_consent ON_PAPER; quítela.",
                                       "goes only with guardian_consent ON_PAPER; remove it."};
inline constexpr RuleSpec kOnlyWithCode{"ONLY_WITH_CODE", "solo va con confirmation CODE; quítelo.",
                                        "goes only with confirmation CODE; remove it."};
inline constexpr RuleSpec kEnrolmentOfAnother{"ENROLMENT_OF_ANOTHER",
                                              "debe ser una inscripción de $learner.",
                                              "must be an enrolment of $learner."};
inline constexpr RuleSpec kPlanOfAnother{
    "PLAN_OF_ANOTHER", "debe ser un plan del mismo estudiante y de la misma versión.",
    "must be a plan of the same learner and of the same version."};
inline constexpr RuleSpec kNotAgreed{"NOT_AGREED", "debe ser un plan que se haya acordado.",
                                     "must be a plan that was agreed."};
inline constexpr RuleSpec kCompanyOfAnotherPlan{
    "COMPANY_OF_ANOTHER_PLAN", "debe ser $company, la del plan.", "must be $company, the plan's."};
inline constexpr RuleSpec kOutsidePlan{"OUTSIDE_PLAN",
                                       "debe estar entre los días del plan, del $first al $last.",
                                       "must be within the plan's days, from $first to $last."};
inline constexpr RuleSpec kInPause{"IN_PAUSE", "está en una pausa, del $first al $last.",
                                   "is in a pause, from $first to $last."};
inline constexpr RuleSpec kNothingChanges{"NOTHING_CHANGES", "debe cambiar algo.",
                                          "must change something."};

}  // namespace puente::education::rule
