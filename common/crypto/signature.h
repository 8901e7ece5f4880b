// Ed25519 signatures (RFC 8032).
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace puente::crypto {

// Whether `signature` (64 bytes) is that of `data` by the owner of a public key in PEM. False also
// if it is no such key.
bool VerifyEd25519(const std::string& public_key, absl::string_view data,
                   absl::string_view signature);

}  // namespace puente::crypto
