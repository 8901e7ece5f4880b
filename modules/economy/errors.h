// What Economy answers besides the errors that all servers and all resources share.
#pragma once

#include "common/status/error.h"

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

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kDemandStatementNotCurrent, &kChamberActsForCompany,
                                            &kDemandReleaseNotFound};

}  // namespace puente::economy::error
