// What every server that takes files can answer.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::error {

inline constexpr ErrorSpec kProfileNotFound{
    "PROFILE_NOT_FOUND", absl::StatusCode::kNotFound, "puente",
    "No existe el perfil $profile; use uno de estos: $known$more.",
    "There is no profile $profile; use one of these: $known$more."};
inline constexpr ErrorSpec kUploadIncomplete{
    "UPLOAD_INCOMPLETE", absl::StatusCode::kInvalidArgument, "puente",
    "La carga no consta de un encabezado seguido del contenido; repítala desde el principio.",
    "The upload is not a single header followed by content; repeat it from the start."};
inline constexpr ErrorSpec kFileEmpty{
    "FILE_EMPTY", absl::StatusCode::kInvalidArgument, "puente",
    "El archivo está vacío; debe empezar con una línea de nombres de columnas.",
    "The file is empty; it must begin with a line of column names."};
inline constexpr ErrorSpec kFileEncoding{"FILE_ENCODING", absl::StatusCode::kInvalidArgument,
                                         "puente",
                                         "El archivo no está en UTF-8 (línea $line; parece "
                                         "$looks_like); conviértalo y cárguelo otra vez.",
                                         "The file is not in UTF-8 (line $line; it looks like "
                                         "$looks_like); convert it and load it again."};
inline constexpr ErrorSpec kFileColumns{
    "FILE_COLUMNS", absl::StatusCode::kInvalidArgument, "puente",
    "El encabezado del archivo no corresponde al perfil $profile. Faltan: $missing. Repetidas: "
    "$repeated. Corríjalo o elija otro perfil.",
    "The file's header does not match profile $profile. Missing: $missing. Repeated: $repeated. "
    "Correct it or choose another profile."};
inline constexpr ErrorSpec kFileTooLarge{
    "FILE_TOO_LARGE", absl::StatusCode::kResourceExhausted, "puente",
    "El archivo tiene más de $limit filas distintas, o que repiten otras; divídalo en varios, de "
    "modo que las filas iguales queden en una misma parte.",
    "The file has more than $limit rows that differ, or that repeat others; split it into several, "
    "so that equal rows stay in one part."};
inline constexpr ErrorSpec kFileChanged{
    "FILE_CHANGED", absl::StatusCode::kAborted, "puente",
    "El archivo, su encabezado o las reglas cambiaron después de la revisión. Se guardaron $loaded "
    "filas, todas tal como se revisaron; revise de nuevo con validate_only y repita la carga.",
    "The file, its header or the rules have changed since the check. $loaded rows were stored, all "
    "as they were checked; check again with validate_only and repeat the load."};

// At start.
inline constexpr ErrorSpec kInvalidProfile{
    "INVALID_PROFILE", absl::StatusCode::kFailedPrecondition, "puente",
    "El perfil $file no es válido: $place: $problem. Corríjalo y vuelva a iniciar el servidor.",
    "Profile $file is not valid: $place: $problem. Correct it and start the server again."};

}  // namespace puente::error

// Rules of rows besides those of fields (fields/rules.h).
namespace puente::rule {

inline constexpr RuleSpec kDateFormat{"DATE_FORMAT",
                                      "debe ser una fecha de 1900 a 2200, escrita como $format.",
                                      "must be a date from 1900 to 2200, written as $format."};
inline constexpr RuleSpec kNumber{"NUMBER",
                                  "debe ser un número, con los separadores del perfil y sin texto.",
                                  "must be a number, with the profile's separators and no text."};
inline constexpr RuleSpec kWholeCentavos{
    "WHOLE_CENTAVOS", "tiene fracciones de centavo; escriba como máximo dos decimales.",
    "has fractions of a centavo; write at most two decimals."};
inline constexpr RuleSpec kWholeMinutes{"WHOLE_MINUTES", "debe ser un número entero de minutos.",
                                        "must be a whole number of minutes."};
inline constexpr RuleSpec kNotZero{"NOT_ZERO", "no puede ser 0; déjelo vacío si no se indica.",
                                   "must not be 0; leave it empty if none is stated."};
inline constexpr RuleSpec kNotAState{
    "NOT_A_STATE", "debe ser una entidad federativa; escriba su nombre o su clave INEGI.",
    "must be a federal entity; write its name or INEGI code."};
inline constexpr RuleSpec kNotInProfile{
    "NOT_IN_PROFILE", "no está entre los valores del perfil; use uno de ellos o añádalo.",
    "is not among the profile's values; use one of them, or add it."};

// Of whole rows.
inline constexpr RuleSpec kRowCut{
    "ROW_CUT", "el archivo termina dentro de esta fila; cárguelo completo o cierre sus comillas.",
    "the file ends inside this row; load all of it, or close the row's quotation marks."};
inline constexpr RuleSpec kRowTooLong{
    "ROW_TOO_LONG",
    "la fila pasa de 256 KB o uno de sus campos pasa de 64 KB; cierre sus comillas o acórtela.",
    "the row is over 256 KB or one of its fields over 64 KB; close its quotation marks or shorten "
    "it."};
inline constexpr RuleSpec kBadQuote{"BAD_QUOTE",
                                    "hay comillas fuera de lugar; ponga el campo entero entre "
                                    "comillas y duplique las que lleva dentro.",
                                    "a quotation mark is out of place; put the whole field in "
                                    "quotation marks and double those inside it."};
inline constexpr RuleSpec kTooFewFields{"TOO_FEW_FIELDS", "a la fila le faltan campos; complétela.",
                                        "the row has too few fields; add those that are missing."};
inline constexpr RuleSpec kTooManyFields{
    "TOO_MANY_FIELDS",
    "la fila tiene campos de más; ponga entre comillas los textos que llevan el separador.",
    "the row has too many fields; put texts that contain the delimiter in quotation marks."};
inline constexpr RuleSpec kRowRepeated{
    "ROW_REPEATED", "otra fila del archivo dice lo mismo o tiene el mismo número; conserve una.",
    "another row of the file says the same, or has the same number; keep one of them."};
inline constexpr RuleSpec kNumberStoredOtherwise{
    "NUMBER_STORED_OTHERWISE",
    "ya hay otro dato guardado con este número; retire la carga que lo guardó y cargue de nuevo, o "
    "use otro número.",
    "is the number of something else that is stored; take the load back that stored it and load "
    "again, or use another number."};

}  // namespace puente::rule
