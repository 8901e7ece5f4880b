// What the Labor module can answer besides the errors that all servers share.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

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
inline constexpr ErrorSpec kVacancyLoadTakenBack{
    "VACANCY_LOAD_TAKEN_BACK", absl::StatusCode::kFailedPrecondition, "labor.puente",
    "La carga $name se retiró mientras se enviaba; sus demás filas no se guardan. Cargue el "
    "archivo "
    "de nuevo, con otro request_id, si debe quedar.",
    "Load $name was taken back while it was sent; the rest of its rows is not stored. Load the "
    "file "
    "again, with another request_id, if it is to stay."};

inline constexpr ErrorSpec kVacancyLoadBeingTakenBack{
    "VACANCY_LOAD_BEING_TAKEN_BACK", absl::StatusCode::kUnavailable, "labor.puente",
    "Se está retirando una carga de la fuente $source; cargue cuando haya terminado, pues hasta "
    "entonces no se sabe qué filas quedan.",
    "A load of the source $source is being taken back; load once that has ended, since until then "
    "nobody knows which rows stay."};

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
    &kVacancyLoadTakenBack,   &kVacancyLoadBeingTakenBack,
};

}  // namespace puente::labor::error

namespace puente::labor::rule {

inline constexpr RuleSpec kNotAnAmount{
    "NOT_AN_AMOUNT",
    "debe ser un monto positivo en MXN con centavos enteros; omítalo si no se indica.",
    "must be a positive amount of MXN in whole centavos; leave it out if it is not stated."};
inline constexpr RuleSpec kOfferToCome{"OFFER_TO_COME",
                                       "está en el futuro; indique el día en que se ofreció.",
                                       "is in the future; state the day on which it was offered."};
inline constexpr RuleSpec kOriginWithoutCode{
    "ORIGIN_WITHOUT_CODE", "debe indicarse si hay clave, y omitirse si no la hay.",
    "must be set if there is a code, and left out if there is none."};
inline constexpr RuleSpec kLanguagesAsked{
    "LANGUAGES_ASKED", "no puede ser verdadero si se piden idiomas; quite uno de los dos.",
    "can't be true where languages are asked for; take one of the two out."};
inline constexpr RuleSpec kRequiredIfPartial{
    "REQUIRED_IF_PARTIAL", "falta; diga qué no se incluye o qué no se comprobó.",
    "is missing; say what is left out or was not checked."};
inline constexpr RuleSpec kReasonOfLoads{
    "REASON_OF_LOADS",
    "es el motivo de las cargas retiradas; use otro, o retire la carga con TakeBackVacancyLoad.",
    "is the reason of loads that were taken back; use another one, or take the load back with "
    "TakeBackVacancyLoad."};
inline constexpr RuleSpec kDaysOfTerm{
    "DAYS_OF_TERM", "debe indicarse, y solo, si la vigencia es FOR_DAYS; corrija uno de los dos.",
    "must be set where openness is FOR_DAYS, and only there; correct one of the two."};
inline constexpr RuleSpec kTooSpread{
    "TOO_SPREAD",
    "puede repartirse en $count grupos de estado, clase, fuente y mes, y de algunas fuentes o "
    "meses "
    "se cuentan a lo sumo $most; pida menos estados, clases, fuentes o meses.",
    "may be spread over $count groups of state, class, source and month, and of some sources or "
    "months at most $most are counted; ask for fewer states, classes, sources or months."};
inline constexpr RuleSpec kNoLabel{"NO_LABEL", "falta; escriba la etiqueta en español o en inglés.",
                                   "is missing; write the label in Spanish or in English."};
inline constexpr RuleSpec kIdOfRow{
    "ID_OF_ROW",
    "tiene la forma de los ids de filas de archivos (v y 32 cifras hexadecimales); use "
    "otro.",
    "has the form of the ids of files' rows (v and 32 hexadecimal digits); use another."};

// Of rows of O*NET's files.
inline constexpr RuleSpec kSocCode{"SOC_CODE", "debe ser una clave SOC, de la forma NN-NNNN.NN.",
                                   "must be a SOC code, of the form NN-NNNN.NN."};
inline constexpr RuleSpec kCommodityCode{"COMMODITY_CODE",
                                         "debe ser una clave UNSPSC de 8 dígitos.",
                                         "must be a UNSPSC code of 8 digits."};
inline constexpr RuleSpec kYesOrNo{"YES_OR_NO", "debe ser Y o N.", "must be Y or N."};
inline constexpr RuleSpec kStoredOtherwise{
    "STORED_OTHERWISE",
    "la versión ya contiene otro dato para este registro; cree otra versión y cargue en ella el "
    "archivo correcto.",
    "the release already states something else for this record; create another release and load "
    "the "
    "correct file there."};
inline constexpr RuleSpec kUnknownOccupation{
    "UNKNOWN_OCCUPATION", "la versión no tiene esta ocupación; cargue primero las ocupaciones.",
    "the release has no such occupation; load the occupations first."};

}  // namespace puente::labor::rule
