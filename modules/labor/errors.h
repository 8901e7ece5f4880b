// What the Labor module can answer besides the errors that all servers share.
#pragma once

#include "common/status/error.h"

namespace puente::labor::error {

inline constexpr ErrorSpec kSkillNotFound{"SKILL_NOT_FOUND", absl::StatusCode::kNotFound,
                                          "labor.puente", "No existe la habilidad $name.",
                                          "There is no skill $name."};
inline constexpr ErrorSpec kSkillAlreadyExists{
    "SKILL_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "labor.puente",
    "La habilidad $name ya existe.", "Skill $name exists already."};
inline constexpr ErrorSpec kVocabularyReleaseNotFound{
    "VOCABULARY_RELEASE_NOT_FOUND", absl::StatusCode::kNotFound, "labor.puente",
    "No existe la versión de vocabulario $name.", "There is no vocabulary release $name."};
inline constexpr ErrorSpec kVocabularyReleaseAlreadyExists{
    "VOCABULARY_RELEASE_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "labor.puente",
    "La versión de vocabulario $name ya existe.", "Vocabulary release $name exists already."};
inline constexpr ErrorSpec kVocabularyReleaseNotDraft{
    "VOCABULARY_RELEASE_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La versión de vocabulario $name está en $state y ya no cambia; haga otra.",
    "Vocabulary release $name is $state and no longer changes; make another one."};
inline constexpr ErrorSpec kVocabularyReleaseEmpty{
    "VOCABULARY_RELEASE_EMPTY", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La versión de vocabulario $name no tiene ocupaciones ni habilidades; cárguelas antes de "
    "publicarla.",
    "Vocabulary release $name has no occupations and no skills; load them before you publish it."};
inline constexpr ErrorSpec kOccupationNotFound{"OCCUPATION_NOT_FOUND", absl::StatusCode::kNotFound,
                                               "labor.puente", "No existe la ocupación $name.",
                                               "There is no occupation $name."};
inline constexpr ErrorSpec kOccupationAlreadyExists{
    "OCCUPATION_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "labor.puente",
    "La ocupación $name ya existe.", "Occupation $name exists already."};
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
inline constexpr ErrorSpec kOccupationToolNotFound{
    "OCCUPATION_TOOL_NOT_FOUND", absl::StatusCode::kNotFound, "labor.puente",
    "No existe la herramienta $name.", "There is no tool $name."};
inline constexpr ErrorSpec kOccupationToolAlreadyExists{
    "OCCUPATION_TOOL_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "labor.puente",
    "La herramienta $name ya existe.", "Tool $name exists already."};
inline constexpr ErrorSpec kReleasedSkillNotFound{
    "RELEASED_SKILL_NOT_FOUND", absl::StatusCode::kNotFound, "labor.puente",
    "No existe la habilidad publicada $name.", "There is no released skill $name."};
inline constexpr ErrorSpec kReleasedSkillAlreadyExists{
    "RELEASED_SKILL_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "labor.puente",
    "La habilidad publicada $name ya existe.", "Released skill $name exists already."};
inline constexpr ErrorSpec kVacancyNotFound{"VACANCY_NOT_FOUND", absl::StatusCode::kNotFound,
                                            "labor.puente", "No existe la vacante $name.",
                                            "There is no vacancy $name."};
inline constexpr ErrorSpec kVacancyAlreadyExists{
    "VACANCY_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "labor.puente",
    "La vacante $name ya existe.", "Vacancy $name exists already."};
inline constexpr ErrorSpec kVacancyAlreadyClosed{
    "VACANCY_ALREADY_CLOSED", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La vacante $name ya está cerrada.", "Vacancy $name is closed already."};

// At start.
inline constexpr ErrorSpec kInvalidStandards{
    "INVALID_STANDARDS", absl::StatusCode::kDataLoss, "labor.puente",
    "Las normas fechadas de la base de datos no sirven: $problem.",
    "The dated standards in the database are unusable: $problem."};

// Every error above, for the test that walks the catalogues.
inline constexpr const ErrorSpec* kCatalogue[] = {&kSkillNotFound,
                                                  &kSkillAlreadyExists,
                                                  &kVacancyNotFound,
                                                  &kVacancyAlreadyExists,
                                                  &kVacancyAlreadyClosed,
                                                  &kInvalidStandards,
                                                  &kVocabularyReleaseNotFound,
                                                  &kVocabularyReleaseAlreadyExists,
                                                  &kVocabularyReleaseNotDraft,
                                                  &kVocabularyReleaseEmpty,
                                                  &kOccupationNotFound,
                                                  &kOccupationAlreadyExists,
                                                  &kOccupationIdOfAnotherCode,
                                                  &kRecordKindMixed,
                                                  &kOccupationToolNotFound,
                                                  &kOccupationToolAlreadyExists,
                                                  &kReleasedSkillNotFound,
                                                  &kReleasedSkillAlreadyExists};

}  // namespace puente::labor::error
