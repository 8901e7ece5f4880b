// What is wrong with a call over HTTP before it is one of a method.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kMethodUnknown{
    "METHOD_UNKNOWN", absl::StatusCode::kUnimplemented, "puente",
    "El contrato no tiene el método $method; escriba /PAQUETE.Servicio/Metodo, como "
    "/puente.labor.v1.VacancyService/GetVacancy.",
    "The contract has no method $method; write /PACKAGE.Service/Method, as "
    "/puente.labor.v1.VacancyService/GetVacancy."};
inline constexpr ErrorSpec kServerUnknown{
    "SERVER_UNKNOWN", absl::StatusCode::kInvalidArgument, "puente",
    "No hay servidor \"$server\" en esta federación; ponga en Puente-Server uno de: $known.",
    "There is no server \"$server\" in this federation; give Puente-Server one of: $known."};
inline constexpr ErrorSpec kServerUnreachable{
    "SERVER_UNREACHABLE", absl::StatusCode::kUnavailable, "puente",
    "No se llega al servidor \"$server\"; intente de nuevo en unos segundos. $why",
    "The server \"$server\" can't be reached; try again in some seconds. $why"};
inline constexpr ErrorSpec kProtocolVersion{
    "PROTOCOL_VERSION", absl::StatusCode::kInvalidArgument, "puente",
    "Connect-Protocol-Version es \"$version\" y debe ser 1.",
    "Connect-Protocol-Version is \"$version\" and must be 1."};
inline constexpr ErrorSpec kTimeoutWrong{"TIMEOUT_WRONG", absl::StatusCode::kInvalidArgument,
                                         "puente",
                                         "Connect-Timeout-Ms es \"$timeout\" y debe ser un número "
                                         "de milisegundos, de 10 cifras a lo más.",
                                         "Connect-Timeout-Ms is \"$timeout\" and must be a number "
                                         "of milliseconds, of 10 digits at most."};
inline constexpr ErrorSpec kEncodingUnknown{
    "ENCODING_UNKNOWN", absl::StatusCode::kUnimplemented, "puente",
    "Aquí no se leen solicitudes con la codificación \"$encoding\"; envíelas sin comprimir.",
    "Requests of the encoding \"$encoding\" are not read here; send them as they are."};
inline constexpr ErrorSpec kBodyTooLarge{
    "BODY_TOO_LARGE", absl::StatusCode::kResourceExhausted, "puente",
    "La solicitud pasa de $limit bytes; pida o envíe menos de una vez.",
    "The request is larger than $limit bytes; ask for or send less at a time."};
inline constexpr ErrorSpec kQueryWrong{"QUERY_WRONG", absl::StatusCode::kInvalidArgument, "puente",
                                       "El parámetro $parameter no es como debe ($form).",
                                       "The parameter $parameter is not as it must be ($form)."};
inline constexpr ErrorSpec kJsonInvalid{"JSON_INVALID", absl::StatusCode::kInvalidArgument,
                                        "puente", "La solicitud no es JSON de $type: $why.",
                                        "The request is not JSON of $type: $why."};
inline constexpr ErrorSpec kEnvelopeWrong{
    "ENVELOPE_WRONG", absl::StatusCode::kInvalidArgument, "puente",
    "La solicitud no va en los sobres del protocolo de flujos de Connect: $why.",
    "The request is not in the envelopes of Connect's streaming protocol: $why."};

}  // namespace puente::error
