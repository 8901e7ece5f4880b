// What Science answers besides the errors that all servers and all resources share.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::science::error {

inline constexpr ErrorSpec kInnovationProjectEnded{
    "INNOVATION_PROJECT_ENDED", absl::StatusCode::kFailedPrecondition, "science.puente",
    "El proyecto $name está en $state y ya no puede cambiar; registre otro.",
    "Innovation project $name is $state and can no longer change; create another one."};

inline constexpr ErrorSpec kInnovationProjectToCome{
    "INNOVATION_PROJECT_TO_COME", absl::StatusCode::kFailedPrecondition, "science.puente",
    "El proyecto $name comienza el $start_date; regístrelo como terminado a partir de ese día, "
    "corrija antes su fecha, o cancélelo.",
    "Innovation project $name begins on $start_date; record its end from that day on, correct its "
    "date first, or cancel it."};

inline constexpr ErrorSpec kTransferAgreementToCome{
    "TRANSFER_AGREEMENT_TO_COME", absl::StatusCode::kFailedPrecondition, "science.puente",
    "El acuerdo de transferencia $name comienza el $start_date; regístrelo a partir de ese día.",
    "Transfer agreement $name begins on $start_date; record it from that day on."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kInnovationProjectEnded, &kInnovationProjectToCome,
                                            &kTransferAgreementToCome};

}  // namespace puente::science::error

namespace puente::science::rule {

inline constexpr RuleSpec kSignToCome{"SIGN_TO_COME", "no puede ser posterior a hoy, $today.",
                                      "must not be after today, $today."};

}  // namespace puente::science::rule
