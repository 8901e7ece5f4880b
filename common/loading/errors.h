// What every server that takes files can answer.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kProfileNotFound{
    "PROFILE_NOT_FOUND", absl::StatusCode::kNotFound, "puente",
    "No existe el perfil $profile; los conocidos son: $known.",
    "There is no profile $profile; those known are: $known."};
inline constexpr ErrorSpec kUploadIncomplete{
    "UPLOAD_INCOMPLETE", absl::StatusCode::kInvalidArgument, "puente",
    "La carga no empieza con un encabezado seguido del contenido; repítala desde el principio.",
    "The upload is not one header followed by content; repeat it from its start."};
inline constexpr ErrorSpec kFileEmpty{"FILE_EMPTY", absl::StatusCode::kInvalidArgument, "puente",
                                      "El archivo está vacío; debe empezar con los nombres de las "
                                      "columnas.",
                                      "The file is empty; it must begin with the column names."};
inline constexpr ErrorSpec kFileEncoding{
    "FILE_ENCODING", absl::StatusCode::kInvalidArgument, "puente",
    "El archivo no está en UTF-8 (línea $line; parece $looks_like); conviértalo y repita.",
    "The file is not in UTF-8 (line $line; it looks like $looks_like); convert it and repeat."};
inline constexpr ErrorSpec kFileColumns{
    "FILE_COLUMNS", absl::StatusCode::kInvalidArgument, "puente",
    "Al archivo le faltan o se le repiten columnas del perfil $profile. Faltan: $missing. "
    "Repetidas: $repeated.",
    "The file lacks or repeats columns of profile $profile. Missing: $missing. Repeated: "
    "$repeated."};
inline constexpr ErrorSpec kFileTooLarge{
    "FILE_TOO_LARGE", absl::StatusCode::kResourceExhausted, "puente",
    "El archivo tiene más de $limit filas distintas; divídalo.",
    "The file has more than $limit distinct rows; split it."};
inline constexpr ErrorSpec kFileChanged{
    "FILE_CHANGED", absl::StatusCode::kAborted, "puente",
    "Esto no es lo que se revisó: cambiaron el archivo, su encabezado o las reglas. Se guardaron "
    "$loaded filas, todas de lo revisado; revíselo otra vez con validate_only y repita.",
    "This is not what was checked: the file, its header or the rules have changed. $loaded rows "
    "were stored, all as they were checked; check it again with validate_only and repeat."};

// At start.
inline constexpr ErrorSpec kInvalidProfile{"INVALID_PROFILE", absl::StatusCode::kFailedPrecondition,
                                           "puente", "El perfil $file no sirve: $place: $problem.",
                                           "Profile $file is unusable: $place: $problem."};

}  // namespace puente::error
