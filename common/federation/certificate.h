// What a server may dislike about the caller's own certificate.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "common/identity/tls.h"
#include "common/status/error.h"

namespace puente {

// What is wrong with the files at this time, naming the file: expired (and when), not valid yet,
// not of the CA, not a pair, not exactly one SPIFFE URI. "" if nothing is. What is wrong with its
// days and its issuer is said in either language.
std::string CertificateTrouble(const identity::TlsFiles& files, absl::Time now,
                               Locale locale = Locale::kEnglish);

}  // namespace puente
