// What every server that takes files can answer.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kProfileNotFound{
    "PROFILE_NOT_FOUND", absl::StatusCode::kNotFound, "puente",
    "No existe el perfil $profile; use uno de estos: $known.",
    "There is no profile $profile; use one of these: $known."};
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
    "El archivo tiene más de $limit filas distintas; divídalo en varios.",
    "The file has more than $limit distinct rows; split it into several."};
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
