#include "common/crypto/signature.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace puente::crypto {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Bytes = std::unique_ptr<BIO, decltype(&BIO_free)>;

const unsigned char* Unsigned(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

bool VerifyEd25519(const std::string& public_key, absl::string_view data,
                   absl::string_view signature) {
  const Bytes pem(BIO_new_mem_buf(public_key.data(), static_cast<int>(public_key.size())),
                  &BIO_free);
  const Key key(PEM_read_bio_PUBKEY(pem.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
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
