// What Education answers besides the errors that all servers and all resources share.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::education::error {

inline constexpr ErrorSpec kMicrocredentialVersionNotDraft{
    "MICROCREDENTIAL_VERSION_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión de microcredencial $name está en $state y ya no puede cambiar; cree la siguiente.",
    "Microcredential version $name is $state and can no longer change; create the next one."};
inline constexpr ErrorSpec kProgramVersionNotDraft{
    "PROGRAM_VERSION_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión de programa $name está en $state y ya no puede cambiar; cree la siguiente.",
    "Program version $name is $state and can no longer change; create the next one."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kMicrocredentialVersionNotDraft,
                                            &kProgramVersionNotDraft};

}  // namespace puente::education::error

namespace puente::education::rule {

inline constexpr RuleSpec kHoursOverWorkload{
    "HOURS_OVER_WORKLOAD",
    "suman $hours horas, más que las $workload de la carga de trabajo; corrija unas u otra.",
    "add up to $hours hours, more than the workload of $workload; correct one or the other."};
inline constexpr RuleSpec kPeriodNoYear{
    "PERIOD_NO_YEAR", "debe ir de un año al siguiente, como todo ciclo escolar.",
    "must run from one year to the next, as a school cycle does."};
inline constexpr RuleSpec kCampusOfAnother{
    "CAMPUS_OF_ANOTHER", "debe ser un plantel de $organization, que imparte el programa.",
    "must be a campus of $organization, which teaches the program."};
inline constexpr RuleSpec kTooManyFigures{
    "TOO_MANY_FIGURES",
    "son $places periodos y planteles, y con $skills habilidades se contarían en más de $most "
    "figuras; quite periodos pasados, o habilidades que no distingan al programa.",
    "are $places periods and campuses, and with $skills skills would count in more than $most "
    "figures; leave out periods that are past, or skills that don't tell the program apart."};
inline constexpr RuleSpec kLegalEntityRfc{"LEGAL_ENTITY_RFC",
                                          "debe ser el RFC de una persona moral, de 12 caracteres.",
                                          "must be the 12-character RFC of a legal entity."};

}  // namespace puente::education::rule
