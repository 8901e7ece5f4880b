// What the Labor module can answer besides the errors that all servers share.
#pragma once

#include "common/status/error.h"

namespace puente::labor::error {

inline constexpr ErrorSpec kVocabularyReleaseNotDraft{
    "VOCABULARY_RELEASE_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La versión de vocabulario $name está en $state y ya no puede cambiar; cree otra.",
    "Vocabulary release $name is $state and can no longer change; create another one."};
inline constexpr ErrorSpec kVocabularyReleaseEmpty{
    "VOCABULARY_RELEASE_EMPTY", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La versión de vocabulario $name no tiene ocupaciones ni habilidades; cárguelas antes de "
    "publicarla.",
    "Vocabulary release $name has no occupations and no skills; load some before publishing it."};
inline constexpr ErrorSpec kOccupationIdOfAnotherCode{
    "OCCUPATION_ID_OF_ANOTHER_CODE", absl::StatusCode::kInvalidArgument, "labor.puente",
    "El identificador de la ocupación $name no corresponde a su clave $code; use $id.",
    "The id of occupation $name does not match its code $code; use $id."};
inline constexpr ErrorSpec kRecordKindMixed{
    "RECORD_KIND_MIXED", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "$name no puede ser $given: su versión de vocabulario es $kind, y los registros reales no se "
    "mezclan con los generados; use $kind o cree otra versión.",
    "$name cannot be $given: its vocabulary release is $kind, and real records never mix with "
    "generated ones; use $kind or create another release."};
inline constexpr ErrorSpec kVacancyAlreadyClosed{
    "VACANCY_ALREADY_CLOSED", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La vacante $name ya está cerrada; no hace falta cerrarla otra vez.",
    "Vacancy $name is already closed; there is no need to close it again."};

// At start.
inline constexpr ErrorSpec kInvalidStandards{
    "INVALID_STANDARDS", absl::StatusCode::kDataLoss, "labor.puente",
    "Las normas con fecha de vigencia de la base de datos no son utilizables: $problem. Corríjalas "
    "con una migración.",
    "The dated standards in the database are not usable: $problem. Correct them with a migration."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {
    &kVacancyAlreadyClosed,   &kInvalidStandards,          &kVocabularyReleaseNotDraft,
    &kVocabularyReleaseEmpty, &kOccupationIdOfAnotherCode, &kRecordKindMixed,
};

}  // namespace puente::labor::error
