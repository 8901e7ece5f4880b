#include "common/crypto/signature.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <memory>

namespace puente::crypto {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Bytes = std::unique_ptr<BIO, decltype(&BIO_free)>;

const unsigned char* Unsigned(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Bytes Reader(const std::string& pem) {
  return Bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
}

std::string TextOf(BIO* bytes) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bytes, &text);
  return std::string(text, static_cast<size_t>(size));
}

// Null if it is none.
Key PrivateKey(const std::string& pem) {
  Key key(PEM_read_bio_PrivateKey(Reader(pem).get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  if (key != nullptr && EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) key.reset();
  ERR_clear_error();  // gRPC's TLS shares this thread's queue
  return key;
}

std::string PublicText(EVP_PKEY* key) {
  const Bytes bytes(BIO_new(BIO_s_mem()), &BIO_free);
  if (PEM_write_bio_PUBKEY(bytes.get(), key) != 1) std::abort();  // no memory
  return TextOf(bytes.get());
}

}  // namespace

SigningKeys NewEd25519Keys() {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free);
  const Bytes bytes(BIO_new(BIO_s_secmem()), &BIO_free);
  if (key == nullptr || PEM_write_bio_PrivateKey(bytes.get(), key.get(), nullptr, nullptr, 0,
                                                 nullptr, nullptr) != 1) {
    std::abort();  // no memory, or no random numbers
  }
  return {TextOf(bytes.get()), PublicText(key.get())};
}

std::optional<std::string> Ed25519PublicKey(const std::string& private_key) {
  const Key key = PrivateKey(private_key);
  if (key == nullptr) return std::nullopt;
  return PublicText(key.get());
}

std::optional<std::string> SignEd25519(const std::string& private_key, absl::string_view data) {
  const Key key = PrivateKey(private_key);
  if (key == nullptr) return std::nullopt;
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  unsigned char signature[64];
  size_t size = sizeof signature;
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature, &size, Unsigned(data), data.size()) != 1) {
    return std::nullopt;
  }
  return std::string(reinterpret_cast<const char*>(signature), size);
}

bool VerifyEd25519(const std::string& public_key, absl::string_view data,
                   absl::string_view signature) {
  const Key key(PEM_read_bio_PUBKEY(Reader(public_key).get(), nullptr, nullptr, nullptr),
                &EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const bool verified =
      key != nullptr && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519 &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), Unsigned(signature), signature.size(), Unsigned(data),
                       data.size()) == 1;
  ERR_clear_error();  // gRPC's TLS shares this thread's queue
  return verified;
}

}  // namespace puente::crypto
