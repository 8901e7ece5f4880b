#include "tests/testing/registry.h"

#include <openssl/pem.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace puente::testing {

std::shared_ptr<const identity::Principals> Everybody() {
  static const auto known = identity::Principals::Parse(kEverybody);
  if (!known.ok()) std::abort();
  return *known;
}

SignedRegistry::SignedRegistry(const std::string& folder, absl::string_view text)
    : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")),
      files_{folder + "/principals.textproto", folder + "/registry.pem"} {
  std::FILE* file = std::fopen(files_.public_key.c_str(), "w");
  if (file == nullptr || PEM_write_PUBKEY(file, key_) != 1) std::abort();
  std::fclose(file);
  Publish(text);
}

SignedRegistry::~SignedRegistry() { EVP_PKEY_free(key_); }

void SignedRegistry::Publish(absl::string_view text) { Replace(Sign(text)); }

void SignedRegistry::Replace(absl::string_view content) {
  const std::string fresh = files_.registry + ".new";
  std::ofstream(fresh) << content;
  std::filesystem::rename(fresh, files_.registry);
}

std::string SignedRegistry::Sign(absl::string_view text) const {
  unsigned char signature[64];
  size_t size = sizeof signature;
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const bool signed_ =
      EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key_) == 1 &&
      EVP_DigestSign(context, signature, &size, reinterpret_cast<const unsigned char*>(text.data()),
                     text.size()) == 1;
  EVP_MD_CTX_free(context);
  if (!signed_) std::abort();
  return absl::StrCat(
      "# signature: ",
      absl::Base64Escape(absl::string_view(reinterpret_cast<char*>(signature), size)), "\n", text);
}

}  // namespace puente::testing
