// Texts that only holders of a key can read or make: XChaCha20-Poly1305 of libsodium.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "common/crypto/secret_key.h"

namespace puente::crypto {

inline constexpr size_t kSealKeyBytes = 32;

// Sealed with a random nonce, so that the same text looks different each time; 40 bytes longer.
// What is sealed for one context can't be opened for another. The key has kSealKeyBytes.
std::string Seal(absl::string_view key, absl::string_view context, absl::string_view text);
// The same, behind what `sealed` holds already.
void AppendSealed(std::string& sealed, absl::string_view key, absl::string_view context,
                  absl::string_view text);
// The same with a nonce made of key, context and text: the same text looks the same each time.
std::string SealAlike(absl::string_view key, absl::string_view context, absl::string_view text);
// Nothing if it was not sealed with this key for this context, or was edited since.
std::optional<std::string> Unseal(absl::string_view key, absl::string_view context,
                                  absl::string_view sealed);
// The same of a sealed SecretKey, which stands nowhere else on the way.
std::optional<SecretKey> UnsealKey(absl::string_view key, absl::string_view context,
                                   absl::string_view sealed);

}  // namespace puente::crypto
