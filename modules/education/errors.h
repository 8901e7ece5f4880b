// What Education answers besides the errors that all servers and all resources share.
#pragma once

#include "common/status/error.h"

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
