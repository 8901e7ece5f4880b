// What is wrong with a request to the console.
#pragma once

#include "common/status/error.h"

namespace puente::error {

inline constexpr ErrorSpec kLinkUsed{
    "LINK_USED", absl::StatusCode::kPermissionDenied, "puente",
    "Este enlace ya se usó, o no es de esta consola. Cada enlace abre la consola una sola vez: "
    "termine `puente console` con Ctrl-C, inícielo de nuevo y abra el enlace que muestre.",
    "This link was used already, or is not of this console. Each link opens the console once: end "
    "`puente console` by Ctrl-C, start it again and open the link that it shows."};
inline constexpr ErrorSpec kSessionUnknown{
    "SESSION_UNKNOWN", absl::StatusCode::kUnauthenticated, "puente",
    "Este navegador no tiene sesión en la consola. Abra el enlace que mostró `puente console`; si "
    "ya se usó, termínelo con Ctrl-C e inícielo de nuevo.",
    "This browser has no session in the console. Open the link that `puente console` showed; if it "
    "was used already, end it by Ctrl-C and start it again."};
inline constexpr ErrorSpec kFieldMissing{
    "FIELD_MISSING", absl::StatusCode::kInvalidArgument, "puente",
    "Falta el encabezado Connect-Protocol-Version: 1, que solo envían las páginas de la consola.",
    "The field Connect-Protocol-Version: 1 is missing, which the console's own pages send."};
inline constexpr ErrorSpec kActorChanged{
    "ACTOR_CHANGED", absl::StatusCode::kFailedPrecondition, "puente",
    "Esta página muestra que actúa \"$shown\", y en la sesión actúa ahora \"$actor\"; no se hizo "
    "nada, recargue la página.",
    "This page shows \"$shown\" as acting, and \"$actor\" acts in the session now; nothing was "
    "done, reload the page."};
inline constexpr ErrorSpec kSessionWrong{"SESSION_WRONG", absl::StatusCode::kInvalidArgument,
                                         "puente",
                                         "De la sesión se cambian \"actor\", un texto, y "
                                         "\"language\", es o en; envíe un objeto JSON con "
                                         "uno o ambos.",
                                         "What changes of a session is \"actor\", a text, and "
                                         "\"language\", es or en; send a JSON object "
                                         "with one or both."};

}  // namespace puente::error
