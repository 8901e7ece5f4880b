// What the Labor module can answer besides the errors that all servers share.
#pragma once

#include "common/status/error.h"

namespace puente::labor::error {

inline constexpr ErrorSpec kVocabularyReleaseNotDraft{
    "VOCABULARY_RELEASE_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La versión de vocabulario $name está en $state y ya no cambia; haga otra.",
    "Vocabulary release $name is $state and no longer changes; make another one."};
inline constexpr ErrorSpec kVocabularyReleaseEmpty{
    "VOCABULARY_RELEASE_EMPTY", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La versión de vocabulario $name no tiene ocupaciones ni habilidades; cárguelas antes de "
    "publicarla.",
    "Vocabulary release $name has no occupations and no skills; load them before you publish it."};
inline constexpr ErrorSpec kOccupationIdOfAnotherCode{
    "OCCUPATION_ID_OF_ANOTHER_CODE", absl::StatusCode::kInvalidArgument, "labor.puente",
    "La ocupación $name con el código $code debe tener el identificador $id.",
    "Occupation $name with code $code must have the id $id."};
inline constexpr ErrorSpec kRecordKindMixed{
    "RECORD_KIND_MIXED", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "$name no puede ser $given: su versión de vocabulario es $kind, y lo real no se mezcla con lo "
    "generado.",
    "$name cannot be $given: its vocabulary release is $kind, and real records never mix with "
    "generated ones."};
inline constexpr ErrorSpec kVacancyAlreadyClosed{
    "VACANCY_ALREADY_CLOSED", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La vacante $name ya está cerrada.", "Vacancy $name is closed already."};

// At start.
inline constexpr ErrorSpec kInvalidStandards{
    "INVALID_STANDARDS", absl::StatusCode::kDataLoss, "labor.puente",
    "Las normas fechadas de la base de datos no sirven: $problem.",
    "The dated standards in the database are unusable: $problem."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {
    &kVacancyAlreadyClosed,   &kInvalidStandards,          &kVocabularyReleaseNotDraft,
    &kVocabularyReleaseEmpty, &kOccupationIdOfAnotherCode, &kRecordKindMixed,
};

}  // namespace puente::labor::error
