// What is wrong with a question in SDMX's REST form. Each reason has its status of HTTP.
#pragma once

#include "common/status/error.h"

namespace puente::error {

// 404
inline constexpr ErrorSpec kSdmxNothingFound{
    "SDMX_NOTHING_FOUND", absl::StatusCode::kNotFound, "gateway.puente",
    "No se ha publicado nada que responda a $what; /sdmx/rest/dataflow dice qué hay.",
    "Nothing that answers $what has been published; /sdmx/rest/dataflow says what there is."};
// 400
inline constexpr ErrorSpec kSdmxQueryWrong{
    "SDMX_QUERY_WRONG", absl::StatusCode::kInvalidArgument, "gateway.puente",
    "$what no tiene la forma esperada ($form); corríjalo.",
    "$what does not have the form expected ($form); correct it."};
// 503
inline constexpr ErrorSpec kSdmxUnavailable{
    "SDMX_UNAVAILABLE", absl::StatusCode::kUnavailable, "gateway.puente",
    "Por ahora no se pueden leer los informes publicados; pregunte de nuevo en unos segundos.",
    "Published reports can't be read for now; ask again in some seconds."};
// 501
inline constexpr ErrorSpec kSdmxNotImplemented{
    "SDMX_NOT_IMPLEMENTED", absl::StatusCode::kUnimplemented, "gateway.puente",
    "SDMX lo prevé, pero aquí no se atiende $what; pregunte sin ello.",
    "SDMX has it, but $what is not served here; ask without it."};
// 413
inline constexpr ErrorSpec kSdmxTooLarge{
    "SDMX_TOO_LARGE", absl::StatusCode::kResourceExhausted, "gateway.puente",
    "La respuesta a $what pasa de $limit MB; pida menos con una clave, startPeriod o endPeriod, o "
    "descargue $file del informe $report con puente report.",
    "The answer to $what is larger than $limit MB; ask for less by a key, startPeriod or "
    "endPeriod, or take $file of the report $report by puente report."};
inline constexpr ErrorSpec kSdmxTableTooLarge{
    "SDMX_TABLE_TOO_LARGE", absl::StatusCode::kResourceExhausted, "gateway.puente",
    "El cuadro de $what es demasiado grande para atenderse aquí; descargue $file del informe "
    "$report con puente report.",
    "The table of $what is too large to be served here; take $file of the report $report by "
    "puente report."};
// 406
inline constexpr ErrorSpec kSdmxNotAcceptable{
    "SDMX_NOT_ACCEPTABLE", absl::StatusCode::kFailedPrecondition, "gateway.puente",
    "No hay respuesta en el formato pedido ($what); hay $form.",
    "There is no answer in the format asked for ($what); there is $form."};

}  // namespace puente::error
