// What Education answers besides the errors that all servers share.
#pragma once

#include "common/status/error.h"

namespace puente::education::error {

inline constexpr ErrorSpec kVersionNotFound{
    "MICROCREDENTIAL_VERSION_NOT_FOUND", absl::StatusCode::kNotFound, "education.puente",
    "No existe la versión de microcredencial $name; vea ListMicrocredentialVersions.",
    "There is no microcredential version $name; see ListMicrocredentialVersions."};
inline constexpr ErrorSpec kVersionAlreadyExists{
    "MICROCREDENTIAL_VERSION_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "education.puente",
    "Ya existe la versión de microcredencial $name; use el número siguiente.",
    "Microcredential version $name exists already; use the next number."};
inline constexpr ErrorSpec kVersionNotNext{
    "MICROCREDENTIAL_VERSION_NOT_NEXT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión $name no es la siguiente de la microcredencial; la siguiente es $next.",
    "Version $name is not the microcredential's next; the next one is $next."};
inline constexpr ErrorSpec kVersionNotDraft{
    "MICROCREDENTIAL_VERSION_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión de microcredencial $name está en $state y ya no cambia; cree la siguiente.",
    "Microcredential version $name is $state and never changes again; create the next one."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kVersionNotFound, &kVersionAlreadyExists,
                                            &kVersionNotNext, &kVersionNotDraft};

}  // namespace puente::education::error
