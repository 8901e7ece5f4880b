#include "common/crypto/seal.h"

#include <sodium.h>

#include "common/crypto/digest.h"

namespace puente::crypto {
namespace {

constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kAddedBytes = kNonceBytes + kTagBytes;
static_assert(kSealKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* In(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Out(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// Seals with the nonce at the end of `sealed`, behind it.
void SealBehind(std::string& sealed, absl::string_view key, absl::string_view context,
                absl::string_view text) {
  const size_t end = sealed.size();
  sealed.resize(end + text.size() + kTagBytes);
  unsigned char* const at = Out(sealed) + end;
  crypto_aead_xchacha20poly1305_ietf_encrypt(at, nullptr, In(text), text.size(), In(context),
                                             context.size(), nullptr, at - kNonceBytes, In(key));
}

// What was sealed goes to `text`, which has as many bytes.
bool UnsealTo(unsigned char* text, absl::string_view key, absl::string_view context,
              absl::string_view sealed) {
  return crypto_aead_xchacha20poly1305_ietf_decrypt(
             text, nullptr, nullptr, In(sealed) + kNonceBytes, sealed.size() - kNonceBytes,
             In(context), context.size(), In(sealed), In(key)) == 0;
}

}  // namespace

std::string Seal(absl::string_view key, absl::string_view context, absl::string_view text) {
  std::string sealed;
  AppendSealed(sealed, key, context, text);
  return sealed;
}

void AppendSealed(std::string& sealed, absl::string_view key, absl::string_view context,
                  absl::string_view text) {
  const size_t start = sealed.size();
  sealed.reserve(start + kAddedBytes + text.size());
  sealed.resize(start + kNonceBytes);
  randombytes_buf(Out(sealed) + start, kNonceBytes);
  SealBehind(sealed, key, context, text);
}

std::string SealAlike(absl::string_view key, absl::string_view context, absl::string_view text) {
  std::string sealed = TaggedSha256("puente-seal/1", {key, context, text});
  sealed.resize(kNonceBytes);
  SealBehind(sealed, key, context, text);
  return sealed;
}

std::optional<std::string> Unseal(absl::string_view key, absl::string_view context,
                                  absl::string_view sealed) {
  if (sealed.size() < kAddedBytes) return std::nullopt;
  std::string text(sealed.size() - kAddedBytes, '\0');
  if (!UnsealTo(Out(text), key, context, sealed)) return std::nullopt;
  return text;
}

std::optional<SecretKey> UnsealKey(absl::string_view key, absl::string_view context,
                                   absl::string_view sealed) {
  if (sealed.size() != kAddedBytes + SecretKey::kBytes) return std::nullopt;
  SecretKey text;
  if (!UnsealTo(text.bytes().data(), key, context, sealed)) return std::nullopt;
  return text;
}

}  // namespace puente::crypto
