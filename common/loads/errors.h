// Errors of loads.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::loads::error {

inline constexpr ErrorSpec kLoadNotFound{
    "LOAD_NOT_FOUND", absl::StatusCode::kNotFound, "puente",
    "No existe la carga $name entre las que usted puede ver; vea ListLoads.",
    "There is no load $name among those you may see; see ListLoads."};

}  // namespace puente::loads::error

namespace puente::rule {

inline constexpr RuleSpec kParentStated{
    "PARENT_STATED", "lo dicen las columnas del perfil $profile; déjelo vacío.",
    "is stated by the columns of profile $profile; leave it empty."};

// Of files in which several rows state one record.
inline constexpr RuleSpec kRowOfRefused{
    "ROW_OF_REFUSED",
    "otra fila de su registro, o la vecina que no dice de cuál es, fue rechazada; corríjala y "
    "cargue el archivo otra vez.",
    "another row of its record, or the one beside it that does not say of which it is, was "
    "refused; "
    "correct that one and load the file again."};
inline constexpr RuleSpec kRowDiffers{
    "ROW_DIFFERS", "dice de su registro algo distinto que la fila anterior; iguálelas.",
    "says something else of its record than the row before; make them the same."};

}  // namespace puente::rule
