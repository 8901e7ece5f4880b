// Errors of extracts.
#pragma once

#include "common/status/error.h"

namespace puente::extracts::error {

inline constexpr ErrorSpec kFigureTableNotFound{
    "FIGURE_TABLE_NOT_FOUND", absl::StatusCode::kNotFound, "puente",
    "No hay una tabla de cifras $name en este servicio; vea ListFigureTables.",
    "There is no table of figures $name in this service; see ListFigureTables."};

inline constexpr ErrorSpec kFigureExtractExists{
    "FIGURE_EXTRACT_EXISTS", absl::StatusCode::kAlreadyExists, "puente",
    "Ya existe $name, de otras tablas ($tables); use un UUID nuevo.",
    "$name exists already, of other tables ($tables); use a new UUID."};

inline constexpr ErrorSpec kFigureExtractNotFound{
    "FIGURE_EXTRACT_NOT_FOUND", absl::StatusCode::kNotFound, "puente",
    "No existe el extracto $name; pídalo con CreateFigureExtract.",
    "There is no extract $name; ask for it by CreateFigureExtract."};

inline constexpr ErrorSpec kFigureExtractNotReady{
    "FIGURE_EXTRACT_NOT_READY", absl::StatusCode::kFailedPrecondition, "puente",
    "El extracto $name está en $state; espere a que GetFigureExtract diga READY, o pida otro si "
    "falló.",
    "Extract $name is $state; wait until GetFigureExtract says READY, or ask for another if it "
    "failed."};

inline constexpr ErrorSpec kFigureExtractGone{
    "FIGURE_EXTRACT_GONE", absl::StatusCode::kFailedPrecondition, "puente",
    "El archivo del extracto $name ya no se conserva; vea el informe que se hizo de él, o pida "
    "otro.",
    "The file of extract $name is no longer kept; see the report that was made of it, or ask for "
    "another."};

// What stands in FigureExtract.failure_reason.
inline constexpr ErrorSpec kFigureExtractNotMade{
    "FIGURE_EXTRACT_NOT_MADE", absl::StatusCode::kResourceExhausted, "puente",
    "El extracto no se pudo hacer en $attempts intentos; pida menos tablas, o pregunte a quienes "
    "operan el servicio.",
    "The extract could not be made in $attempts attempts; ask for fewer tables, or ask the "
    "service's operators."};

}  // namespace puente::extracts::error
