// What a server may dislike about the caller's own certificate.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "common/identity/tls.h"

namespace puente {

// What is wrong with the files at this time, naming the file: expired (and when), not valid yet,
// not of the CA, not a pair, not exactly one SPIFFE URI. "" if nothing is.
std::string CertificateTrouble(const identity::TlsFiles& files, absl::Time now);

}  // namespace puente
