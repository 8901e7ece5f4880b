// Why the operators' program refuses something.
#pragma once

#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente::registry::error {

inline constexpr ErrorSpec kFileNotRead{
    "FILE_NOT_READ", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "No se puede leer $path; revise su nombre y sus permisos.",
    "$path cannot be read; check its name and its permissions."};
inline constexpr ErrorSpec kNoCsv{
    "FORMAT_NOT_OFFERED", absl::StatusCode::kInvalidArgument, "registry.puente",
    "Esto no se muestra como CSV; quite --format csv o use puente-registry list.",
    "This is not printed as CSV; leave --format csv out, or use puente-registry list."};
inline constexpr ErrorSpec kFileNotWritten{
    "FILE_NOT_WRITTEN", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "No se puede escribir $path: $why; corríjalo y repita el comando.",
    "$path cannot be written: $why; correct that and repeat the command."};
inline constexpr ErrorSpec kFileExists{
    "FILE_EXISTS", absl::StatusCode::kAlreadyExists, "registry.puente",
    "Ya existe $path y nada se reemplaza; muévalo a otro lugar o indique otro nombre.",
    "$path is there already and nothing is replaced; move it away or give another name."};
inline constexpr ErrorSpec kKeyExposed{
    "PRIVATE_KEY_EXPOSED", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "Otros pueden leer la llave $path; ejecute chmod 600 $path y, si alguien la leyó, haga otra.",
    "Others can read the key $path; run chmod 600 $path, and make another if anybody has read it."};
inline constexpr ErrorSpec kKeyMalformed{
    "PRIVATE_KEY_MALFORMED", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "$path no es una llave privada en PEM de la clase esperada ($kind); recupérela de su copia.",
    "$path is no private key in PEM of the kind that is expected ($kind); restore it from its "
    "copy."};
inline constexpr ErrorSpec kKeysApart{
    "KEYS_APART", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "$first y $second no van juntos; recupere ambos de la misma copia.",
    "$first and $second do not belong together; restore both from the same copy."};
inline constexpr ErrorSpec kNoRegistry{
    "REGISTRY_MISSING", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "En $path no hay un registro; indique su carpeta con --registry o créelo con puente-registry "
    "init.",
    "There is no registry in $path; name its folder with --registry, or make one with "
    "puente-registry init."};
inline constexpr ErrorSpec kRegistryExists{
    "REGISTRY_EXISTS", absl::StatusCode::kAlreadyExists, "registry.puente",
    "En $path ya hay un registro; inscriba en él con puente-registry enter.",
    "There is a registry in $path already; enter parties there with puente-registry enter."};
inline constexpr ErrorSpec kBusy{
    "REGISTRY_BUSY", absl::StatusCode::kUnavailable, "registry.puente",
    "Otra persona está cambiando $path; repita el comando cuando termine.",
    "Somebody else is changing $path; repeat the command when they have finished."};
inline constexpr ErrorSpec kBehind{
    "REGISTRY_BEHIND", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "El registro tiene la emisión $serial, pero ya se emitió la $last: alguien repuso un archivo "
    "anterior. Reponga la última (los servidores la tienen); si se perdió, repita lo que "
    "changes.jsonl anota después de la $serial con puente-registry publish --replace-any.",
    "The registry has issue $serial, but $last was issued before: somebody has put back an older "
    "file. Put back the last one (the servers have it); if it is lost, publish what changes.jsonl "
    "notes after $serial with puente-registry publish --replace-any."};
inline constexpr ErrorSpec kLogMalformed{
    "CHANGES_MALFORMED", absl::StatusCode::kDataLoss, "registry.puente",
    "La línea $line de $path no es un cambio anotado; recupere el archivo de su copia.",
    "Line $line of $path is no change that was noted; restore the file from its copy."};
inline constexpr ErrorSpec kIssueChanged{
    "ISSUE_CHANGED", absl::StatusCode::kAborted, "registry.puente",
    "El texto dice que parte de la emisión $serial (0 si no dice nada), pero la última es la "
    "$last: se perdería lo que esta cambió. Parta de $path, con su serial, o publique con "
    "--replace-any.",
    "The text says that it was made from issue $serial (0 if it says nothing), but the last one is "
    "$last: what that one changed would be lost. Begin from $path, with its serial, or publish "
    "with --replace-any."};
inline constexpr ErrorSpec kSerialEnd{
    "SERIAL_END", absl::StatusCode::kOutOfRange, "registry.puente",
    "No hay número de emisión después de $serial; haga un registro nuevo con otra llave.",
    "There is no serial after $serial; make a new registry with another key."};
inline constexpr ErrorSpec kPartyForm{
    "PARTY_FORM", absl::StatusCode::kInvalidArgument, "registry.puente",
    "Ningún participante puede llamarse \"$party\"; escriba TIPO/ID, como company/acme o "
    "authority/09, con un tipo de estos: $kinds.",
    "No party can be called \"$party\"; write KIND/ID, such as company/acme or authority/09, with "
    "one of these kinds: $kinds."};
inline constexpr ErrorSpec kPartyNotListed{
    "PARTY_NOT_LISTED", absl::StatusCode::kNotFound, "registry.puente",
    "$party no está en el registro; puente-registry list dice quiénes están.",
    "$party is not in the registry; puente-registry list says who is."};
inline constexpr ErrorSpec kPartyBlocked{
    "PARTY_BLOCKED", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "$party está bloqueado y no recibe certificados; desbloquéelo antes con puente-registry "
    "unblock.",
    "$party is blocked and gets no certificates; unblock it first with puente-registry unblock."};
inline constexpr ErrorSpec kPersonForm{
    "PERSON_FORM", absl::StatusCode::kInvalidArgument, "registry.puente",
    "\"$person\" no tiene la forma ID=FUNCIÓN,…, como ana-r7=reviewer, con funciones de estas: "
    "$roles.",
    "\"$person\" does not have the form ID=ROLE,…, such as ana-r7=reviewer, with roles of these: "
    "$roles."};
inline constexpr ErrorSpec kPersonNotListed{
    "PERSON_NOT_LISTED", absl::StatusCode::kNotFound, "registry.puente",
    "$person no está entre las personas que actúan por $party; puente-registry show $party dice "
    "quiénes son.",
    "$person is not among the persons who act for $party; puente-registry show $party says who "
    "is."};
inline constexpr ErrorSpec kHostName{
    "HOST_NAME_FORM", absl::StatusCode::kInvalidArgument, "registry.puente",
    "\"$name\" no es un nombre de máquina ni una dirección IP; escríbalo como labor.example.mx.",
    "\"$name\" is no host name and no IP address; write it as labor.example.mx."};
inline constexpr ErrorSpec kServesNot{
    "SERVES_NOT", absl::StatusCode::kInvalidArgument, "registry.puente",
    "$party no es un servidor y su certificado no lleva nombres de máquina; quite --host.",
    "$party is no server, and its certificate bears no host names; leave --host out."};
inline constexpr ErrorSpec kHostMissing{
    "HOST_NAME_MISSING", absl::StatusCode::kInvalidArgument, "registry.puente",
    "$party es un servidor; indique con --host los nombres con los que se conectan a él.",
    "$party is a server; give the names by which clients connect with --host."};
inline constexpr ErrorSpec kCertificateThere{
    "CERTIFICATE_THERE", absl::StatusCode::kAlreadyExists, "registry.puente",
    "$party ya tiene un certificado hasta el $end; si la solicitud es suya, use puente-registry "
    "renew.",
    "$party has a certificate until $end already; if the request is theirs, use puente-registry "
    "renew."};
inline constexpr ErrorSpec kNoCertificate{
    "CERTIFICATE_MISSING", absl::StatusCode::kNotFound, "registry.puente",
    "$party no ha tenido certificado; firme el primero con puente-registry sign-request.",
    "$party has had no certificate; sign its first with puente-registry sign-request."};
inline constexpr ErrorSpec kNoAuthority{
    "AUTHORITY_MISSING", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "En $path no hay una autoridad (ca.pem y ca.key); indique su carpeta con --authority o créela "
    "con puente-registry init-authority.",
    "There is no authority in $path (ca.pem and ca.key); name its folder with --authority, or make "
    "one with puente-registry init-authority."};
inline constexpr ErrorSpec kAuthorityEnds{
    "AUTHORITY_ENDS", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "El certificado de la autoridad termina el $end, antes que lo que se pide; pida menos con "
    "--days o renuévelo con puente-registry renew-authority.",
    "The authority's certificate ends on $end, before what is asked for; ask for less with --days, "
    "or renew it with puente-registry renew-authority."};
inline constexpr ErrorSpec kNoLocalFederation{
    "FEDERATION_NOT_HERE", absl::StatusCode::kFailedPrecondition, "registry.puente",
    "$why. Un participante de prueba se hace donde están el registro y la autoridad de la "
    "federación: inicie ./dev run o indique su archivo con --federation.",
    "$why. A sandbox party is made where the registry and the authority of the federation are: "
    "start ./dev run, or name its file with --federation."};

inline constexpr ErrorSpec kPartyKnown{
    "SANDBOX_PARTY_KNOWN", absl::StatusCode::kAlreadyExists, "registry.puente",
    "$party ya está en esta federación: llame con puente --as $party, o elija otro nombre.",
    "$party is in this federation already: call with puente --as $party, or choose another name."};

}  // namespace puente::registry::error

// What is wrong with a request for a certificate.
namespace puente::registry::rule {

inline constexpr RuleSpec kNotPem{
    "REQUEST_NOT_PEM",
    "no contiene una sola solicitud en PEM (BEGIN CERTIFICATE REQUEST); pídala "
    "otra vez.",
    "does not hold one request in PEM (BEGIN CERTIFICATE REQUEST) alone; ask for it again."};
inline constexpr RuleSpec kTooLarge{"REQUEST_TOO_LARGE",
                                    "tiene más de $most bytes; una solicitud tiene unos cientos.",
                                    "has more than $most bytes; a request has some hundreds."};
inline constexpr RuleSpec kHoldsKey{
    "REQUEST_HOLDS_KEY",
    "contiene una llave privada, que ya no es secreta: avise a quien la envió, que haga otra.",
    "holds a private key, which is no secret any more: tell whoever sent it to make another."};
inline constexpr RuleSpec kDigest{
    "REQUEST_DIGEST", "tiene el resumen SHA-256 $digest, no el que se le dijo; no la firme.",
    "has the SHA-256 digest $digest, not the one that you were told; do not sign it."};
inline constexpr RuleSpec kSignature{"REQUEST_SIGNATURE",
                                     "no está firmada con su propia llave y SHA-2; pida otra.",
                                     "is not signed with its own key and SHA-2; ask for another."};
inline constexpr RuleSpec kWeakKey{
    "REQUEST_KEY",
    "es $key; se aceptan EC P-256 y P-384, y RSA de 2048 a 8192 bits con exponente "
    "65537.",
    "is $key; EC P-256 and P-384 are taken, and RSA of 2048 to 8192 bits with the exponent 65537."};
inline constexpr RuleSpec kKeyKnown{
    "REQUEST_KEY_KNOWN", "es de un certificado anterior, de $party; pida una llave nueva.",
    "is that of an earlier certificate, of $party; ask for a new key."};
inline constexpr RuleSpec kForeign{
    "REQUEST_NAME", "dice $names en lugar de $expected; acuerde el nombre con quien la envió.",
    "says $names instead of $expected; agree on the name with whoever sent it."};

}  // namespace puente::registry::rule
