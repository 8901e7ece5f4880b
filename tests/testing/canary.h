// What is looked for where nothing personal may stand.
#pragma once

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace puente::testing {

inline std::string Digest(const EVP_MD* algorithm, absl::string_view text) {
  std::string digest(static_cast<size_t>(EVP_MD_get_size(algorithm)), '\0');
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
             algorithm, nullptr);
  return digest;
}

inline std::string Blake2b(absl::string_view text, absl::string_view scheme) {
  unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] = {};
  std::copy(scheme.begin(), scheme.end(), personal);
  std::string digest(crypto_generichash_BYTES, '\0');
  crypto_generichash_blake2b_salt_personal(reinterpret_cast<unsigned char*>(digest.data()),
                                           digest.size(),
                                           reinterpret_cast<const unsigned char*>(text.data()),
                                           text.size(), nullptr, 0, nullptr, personal);
  return digest;
}

// A text, and what anybody could compute of it.
inline void AddForms(absl::string_view text, std::vector<std::string>& forms) {
  std::string wide;
  for (const char c : text) absl::StrAppend(&wide, std::string{c, '\0'});
  for (const std::string& bytes :
       {std::string(text), absl::AsciiStrToLower(text), wide, Digest(EVP_md5(), text),
        Digest(EVP_sha1(), text), Digest(EVP_sha256(), text), Digest(EVP_sha512(), text),
        Blake2b(text, ""), Blake2b(text, "curp")}) {
    forms.push_back(bytes);
    forms.push_back(absl::BytesToHexString(bytes));
    forms.push_back(absl::AsciiStrToUpper(absl::BytesToHexString(bytes)));
    // Its end depends on what follows.
    forms.push_back(absl::Base64Escape(bytes).substr(0, bytes.size() / 3 * 4));
  }
}

// The bytes of all files below a folder.
inline std::string FilesOf(const std::string& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return all;
}

}  // namespace puente::testing
