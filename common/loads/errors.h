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

}  // namespace puente::rule
