// What is wrong with a call over HTTP before it is one of a method.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

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
    "No se llega al servidor \"$server\"; intente de nuevo en unos segundos.",
    "The server \"$server\" can't be reached; try again in some seconds."};
inline constexpr ErrorSpec kCertificateTrouble{
    "CERTIFICATE_TROUBLE", absl::StatusCode::kUnavailable, "puente",
    "No se llega al servidor \"$server\" con el certificado de $caller ($trouble); pida a quien lo "
    "administra en su casa que lo renueve.",
    "The server \"$server\" can't be reached with the certificate of $caller ($trouble); ask who "
    "keeps it in your house to renew it."};
inline constexpr ErrorSpec kHeaderWrong{
    "HEADER_WRONG", absl::StatusCode::kInvalidArgument, "puente",
    "El encabezado $name tiene caracteres que no son de ASCII; corríjalo.",
    "The header $name has characters that are not of ASCII; correct it."};
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
    "Aquí no se leen solicitudes con la codificación \"$encoding\"; envíelas en gzip o sin "
    "comprimir.",
    "Requests of the encoding \"$encoding\" are not read here; send them as gzip or as they are."};
inline constexpr ErrorSpec kGzipWrong{
    "GZIP_WRONG", absl::StatusCode::kInvalidArgument, "puente",
    "La solicitud dice venir en gzip y no es un solo gzip completo; comprímala de nuevo o envíela "
    "sin comprimir.",
    "The request says that it is gzip and is not one whole gzip; compress it again or send it as "
    "it "
    "is."};
inline constexpr ErrorSpec kBodyTooLarge{
    "BODY_TOO_LARGE", absl::StatusCode::kResourceExhausted, "puente",
    "La solicitud pasa de $limit bytes; pida o envíe menos de una vez.",
    "The request is larger than $limit bytes; ask for or send less at a time."};
inline constexpr ErrorSpec kBodiesTooMany{
    "BODIES_TOO_MANY", absl::StatusCode::kResourceExhausted, "puente",
    "Ahora se leen demasiadas solicitudes grandes; repita la llamada un poco después.",
    "Too many large requests are being read now; repeat the call a little later."};
inline constexpr ErrorSpec kQueryWrong{"QUERY_WRONG", absl::StatusCode::kInvalidArgument, "puente",
                                       "El parámetro $parameter no es como debe ($form).",
                                       "The parameter $parameter is not as it must be ($form)."};
inline constexpr ErrorSpec kJsonSyntax{
    "JSON_SYNTAX", absl::StatusCode::kInvalidArgument, "puente",
    "La solicitud no es un objeto JSON; corríjala en el byte $position.",
    "The request is not a JSON object; correct it at byte $position."};
inline constexpr ErrorSpec kJsonTooDeep{
    "JSON_TOO_DEEP", absl::StatusCode::kInvalidArgument, "puente",
    "El JSON de la solicitud tiene más de $most niveles; ningún mensaje del contrato los tiene.",
    "The request's JSON has more than $most levels; no message of the contract has."};
inline constexpr ErrorSpec kJsonInvalid{"JSON_INVALID", absl::StatusCode::kInvalidArgument,
                                        "puente", "Protobuf no lee la solicitud: $why.",
                                        "Protobuf does not read the request: $why."};
inline constexpr ErrorSpec kEnvelopeWrong{
    "ENVELOPE_WRONG", absl::StatusCode::kInvalidArgument, "puente",
    "Un sobre de la solicitud tiene las banderas $flags; aquí se leen los que tienen 0 y, si "
    "Connect-Content-Encoding es gzip, 1.",
    "An envelope of the request has the flags $flags; those with 0 are read here and, if "
    "Connect-Content-Encoding is gzip, 1."};
inline constexpr ErrorSpec kEnvelopeCut{
    "ENVELOPE_CUT", absl::StatusCode::kInvalidArgument, "puente",
    "La solicitud termina a medio sobre; envíela completa.",
    "The request ends in the middle of an envelope; send all of it."};

}  // namespace puente::error

// Of JSON's values.
namespace puente::rule {

inline constexpr RuleSpec kUnknownMember{"UNKNOWN_MEMBER",
                                         "no es un campo de $type, que tiene: $members.",
                                         "is not a field of $type, which has: $members."};
inline constexpr RuleSpec kDoubled{"DOUBLED", "está dos veces; deje una.",
                                   "is there twice; leave one."};
inline constexpr RuleSpec kWholeNumber{"WHOLE_NUMBER", "debe ser un número entero.",
                                       "must be a whole number."};
inline constexpr RuleSpec kNumberRange{"NUMBER_RANGE", "debe ser de $least a $most.",
                                       "must be from $least to $most."};
inline constexpr RuleSpec kDecimal{"DECIMAL", "debe ser un número.", "must be a number."};
inline constexpr RuleSpec kBoolean{"BOOLEAN", "debe ser true o false.", "must be true or false."};
inline constexpr RuleSpec kQuoted{"QUOTED", "debe ser un texto entre comillas.",
                                  "must be a text in quotes."};
inline constexpr RuleSpec kObject{"OBJECT", "debe ser un objeto {…}.", "must be an object {…}."};
inline constexpr RuleSpec kList{"LIST", "debe ser una lista […].", "must be a list […]."};

}  // namespace puente::rule
