// What a database error means. Texts of the server never reach a client: they ride along under
// kDebugPayload, for the log.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

namespace puente::sql {

// Payload of a status with the server's own words.
inline constexpr char kDebugPayload[] = "puente/debug";

namespace error {
inline constexpr ErrorSpec kDuplicate{"DUPLICATE", absl::StatusCode::kAlreadyExists, "puente",
                                      "Ya existe un registro así; use otro id.",
                                      "Such a record already exists; use another id."};
inline constexpr ErrorSpec kAlreadyAltered{
    "ALREADY_ALTERED", absl::StatusCode::kAlreadyExists, "puente",
    "La tabla ya tiene una columna o un índice con ese nombre, o ya no lo tiene; no hay nada que "
    "cambiar.",
    "The table already has a column or an index of this name, or has it no more; there is nothing "
    "to change."};
inline constexpr ErrorSpec kConflict{
    "TRANSACTION_CONFLICT", absl::StatusCode::kAborted, "puente",
    "Otra escritura se adelantó; repita la llamada con el mismo request_id.",
    "Another write came first; repeat the call with the same request_id."};
inline constexpr ErrorSpec kUnavailable{
    "DATABASE_UNAVAILABLE", absl::StatusCode::kUnavailable, "puente",
    "La base de datos no responde; repita la llamada en unos segundos.",
    "The database does not answer; repeat the call in a few seconds."};
inline constexpr ErrorSpec kMissing{
    "DATABASE_MISSING", absl::StatusCode::kFailedPrecondition, "puente",
    "El servidor de bases de datos no tiene la base que nombra la configuración (database.schema); "
    "quien lo opera debe corregir el nombre o crearla.",
    "The database server has no database of the name in the configuration (database.schema); its "
    "operator must correct the name or create it."};
inline constexpr ErrorSpec kRefused{
    "DATABASE_REFUSED", absl::StatusCode::kFailedPrecondition, "puente",
    "La base de datos no deja entrar al usuario de la configuración (database.user); quien lo "
    "opera debe revisar el usuario, su contraseña y sus permisos.",
    "The database does not let in the user of the configuration (database.user); its operator must "
    "check the user, the password and the user's rights."};
inline constexpr ErrorSpec kReadOnly{
    "DATABASE_READ_ONLY", absl::StatusCode::kFailedPrecondition, "puente",
    "La base de datos solo admite lecturas; avise a quien la opera. Las consultas siguen "
    "funcionando.",
    "The database is read-only; tell its operator. Reads still work."};
inline constexpr ErrorSpec kFull{
    "DATABASE_FULL", absl::StatusCode::kResourceExhausted, "puente",
    "La base de datos no tiene espacio libre; avise a quien la opera. Las consultas siguen "
    "funcionando.",
    "The database has no space left; tell its operator. Reads still work."};
inline constexpr ErrorSpec kSchema{
    "SCHEMA_VERSION_MISMATCH", absl::StatusCode::kFailedPrecondition, "puente",
    "El esquema de la base de datos no corresponde a este servidor ($detail); quien lo opera debe "
    "ejecutar --migrate.",
    "The database's schema does not match this server ($detail); its operator must run --migrate."};
inline constexpr ErrorSpec kTimeout{"STATEMENT_TIMEOUT", absl::StatusCode::kDeadlineExceeded,
                                    "puente",
                                    "La consulta tardó demasiado; pida menos o dé más tiempo.",
                                    "The query took too long; ask for less or allow more time."};
inline constexpr ErrorSpec kRowCorrupt{
    "ROW_CORRUPT", absl::StatusCode::kDataLoss, "puente",
    "No se puede leer un registro guardado (columna $column); avise a quien opera la base de "
    "datos.",
    "A stored record cannot be read (column $column); tell the database's operator."};
}  // namespace error

// The status of a server's error code. `text` is for the log.
absl::Status FromCode(int code, absl::string_view text, absl::string_view query);

// True if after this code the connection can still be used.
bool ConnectionSurvives(int code);

// The table has what a statement adds, by its name, or has not what it drops.
bool IsAlreadyAltered(const absl::Status& status);
bool IsDuplicate(const absl::Status& status);  // a unique key refused the row
bool IsConflict(const absl::Status& status);   // roll back and run the whole body again
// There is no connection, or no more: the outcome of what went over it is unknown.
bool IsUnavailable(const absl::Status& status);
// Likewise, and waiting does not help: no such database, or the user is not let in.
bool IsNotLetIn(const absl::Status& status);
bool IsReadOnly(const absl::Status& status);  // the server takes no writes
bool IsFull(const absl::Status& status);      // its disk has no room

}  // namespace puente::sql
