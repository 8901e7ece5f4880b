// What can be wrong with keys and with what they seal. None says anything of what is sealed.
#pragma once

#include "common/status/error.h"

namespace puente::error {

// Of key files, as a server starts.
inline constexpr ErrorSpec kKeysFolderUnreadable{
    "KEYS_FOLDER_UNREADABLE", absl::StatusCode::kFailedPrecondition, "puente",
    "No se puede leer la carpeta de llaves $path: $why. Debe ser una carpeta y no un enlace "
    "simbólico; corríjalo y vuelva a iniciar el servidor.",
    "The folder of keys $path cannot be read: $why. It must be a folder and no symbolic link; "
    "correct that and start the server again."};
inline constexpr ErrorSpec kKeyUnreadable{
    "KEY_UNREADABLE", absl::StatusCode::kFailedPrecondition, "puente",
    "No se puede leer la llave $path: $why. Debe ser un archivo y no un enlace simbólico; "
    "corríjalo "
    "y vuelva a iniciar el servidor.",
    "The key $path cannot be read: $why. It must be a file and no symbolic link; correct that and "
    "start the server again."};
inline constexpr ErrorSpec kKeysExposed{
    "KEYS_EXPOSED", absl::StatusCode::kFailedPrecondition, "puente",
    "$path está al alcance de otros usuarios; ejecute: chown $owner $path; chmod $mode $path. Si "
    "alguien pudo leerlo, genere llaves nuevas.",
    "$path is within reach of other users; run: chown $owner $path; chmod $mode $path. If anybody "
    "may have read it, generate new keys."};
// Of root, who would make keys that the server can't read.
inline constexpr ErrorSpec kKeysOfAnother{
    "KEYS_OF_ANOTHER", absl::StatusCode::kFailedPrecondition, "puente",
    "La carpeta de llaves $path es de $owner y este programa corre como root; ejecute lo mismo "
    "tras: runuser -u $owner --",
    "The folder of keys $path is $owner's and this program runs as root; run the same after: "
    "runuser -u $owner --"};
inline constexpr ErrorSpec kKeyMalformed{
    "KEY_MALFORMED", absl::StatusCode::kFailedPrecondition, "puente",
    "$path no tiene la forma de una llave: 64 cifras hexadecimales en minúsculas y nada más que un "
    "fin de línea. Restáurelo de su copia.",
    "$path does not have the form of a key: 64 hexadecimal digits in lower case and nothing but a "
    "line feed. Restore it from its copy."};
inline constexpr ErrorSpec kKeyMissing{
    "KEY_MISSING", absl::StatusCode::kFailedPrecondition, "puente",
    "Falta la llave $path, que se necesita; restáurela de su copia. Una nueva no abre nada de lo "
    "guardado.",
    "The key $path is missing and needed; restore it from its copy. A new one opens nothing of "
    "what "
    "is stored."};
inline constexpr ErrorSpec kKeyExists{
    "KEY_EXISTS", absl::StatusCode::kAlreadyExists, "puente",
    "Ya existe la llave $path y no se reemplaza; genere la de número siguiente.",
    "The key $path exists and is not replaced; generate that of the next number."};
inline constexpr ErrorSpec kKeyNotWritten{
    "KEY_NOT_WRITTEN", absl::StatusCode::kFailedPrecondition, "puente",
    "No se pudo escribir la llave $path: $why. Corríjalo y repita.",
    "The key $path could not be written: $why. Correct that and repeat."};

// Of persons' keys.
inline constexpr ErrorSpec kPersonErased{
    "PERSON_ERASED", absl::StatusCode::kNotFound, "puente",
    "Los datos de esta persona fueron destruidos y no se pueden recuperar.",
    "This person's data were destroyed and cannot be brought back."};
inline constexpr ErrorSpec kPersonKeyMissing{
    "PERSON_KEY_MISSING", absl::StatusCode::kDataLoss, "puente",
    "Falta la llave con que se sellaron los datos de esta persona; restaure de su copia el esquema "
    "de llaves y repita las destrucciones posteriores.",
    "The key that sealed this person's data is missing; restore the schema of keys from its copy "
    "and "
    "replay the erasures since."};
inline constexpr ErrorSpec kPersonKeyUnreadable{
    "PERSON_KEY_UNREADABLE", absl::StatusCode::kDataLoss, "puente",
    "Una llave de persona no se abre con la llave de la época $epoch; compruebe que $path sea la "
    "de "
    "entonces, o restaure de su copia el esquema de llaves.",
    "A person's key does not open with the key of epoch $epoch; see that $path is the one of then, "
    "or restore the schema of keys from its copy."};
inline constexpr ErrorSpec kIdentifierTaken{
    "IDENTIFIER_TAKEN", absl::StatusCode::kAlreadyExists, "puente",
    "El identificador ya es de otra persona; únalas si son la misma.",
    "The identifier is another person's already; merge them if they are the same."};
inline constexpr ErrorSpec kKeysRestored{"KEYS_RESTORED", absl::StatusCode::kFailedPrecondition,
                                         "puente",
                                         "El esquema de llaves es más antiguo que los datos: "
                                         "conoce $known destrucciones de $all. Repita "
                                         "las que faltan con --replay-erasures antes de atender.",
                                         "The schema of keys is older than the data: it knows "
                                         "$known erasures of $all. Replay those that "
                                         "are missing with --replay-erasures before serving."};
inline constexpr ErrorSpec kSealedUnreadable{
    "SEALED_VALUE_UNREADABLE", absl::StatusCode::kDataLoss, "puente",
    "No se puede abrir un dato personal guardado; avise a quien opera la base de datos.",
    "A stored personal value cannot be opened; tell the database's operator."};

}  // namespace puente::error
