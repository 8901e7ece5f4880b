// Ed25519 signatures (RFC 8032).
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace puente::crypto {

// A pair of keys in PEM.
struct SigningKeys {
  std::string private_key;
  std::string public_key;
};
SigningKeys NewEd25519Keys();

// The public key of a private one in PEM; nothing if it is none of these.
std::optional<std::string> Ed25519PublicKey(const std::string& private_key);

// The signature of `data` (64 bytes); nothing if the key, in PEM, is none of these.
std::optional<std::string> SignEd25519(const std::string& private_key, absl::string_view data);

// Whether `signature` (64 bytes) is that of `data` by the owner of a public key in PEM. False also
// if it is no such key.
bool VerifyEd25519(const std::string& public_key, absl::string_view data,
                   absl::string_view signature);

}  // namespace puente::crypto
