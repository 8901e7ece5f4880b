#include "common/crypto/seal.h"

#include <sodium.h>

#include "common/crypto/digest.h"

namespace puente::crypto {
namespace {

constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kSealKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* In(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Out(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string SealWith(const std::string& nonce, absl::string_view key, absl::string_view context,
                     absl::string_view text) {
  std::string sealed(text.size() + kTagBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(Out(sealed), nullptr, In(text), text.size(),
                                             In(context), context.size(), nullptr, In(nonce),
                                             In(key));
  return nonce + sealed;
}

}  // namespace

std::string Seal(absl::string_view key, absl::string_view context, absl::string_view text) {
  return SealWith(RandomBytes(kNonceBytes), key, context, text);
}

std::string SealAlike(absl::string_view key, absl::string_view context, absl::string_view text) {
  const std::string digest = TaggedSha256("puente-seal/1", {key, context, text});
  return SealWith(digest.substr(0, kNonceBytes), key, context, text);
}

std::optional<std::string> Unseal(absl::string_view key, absl::string_view context,
                                  absl::string_view sealed) {
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const absl::string_view nonce = sealed.substr(0, kNonceBytes);
  sealed.remove_prefix(kNonceBytes);
  std::string text(sealed.size() - kTagBytes, '\0');
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Out(text), nullptr, nullptr, In(sealed), sealed.size(), In(context), context.size(),
      In(nonce), In(key));
  if (opened != 0) return std::nullopt;
  return text;
}

}  // namespace puente::crypto
