#include "common/crypto/digest.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cstdlib>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace puente::crypto {
namespace {

std::string NodeHash(absl::string_view left, absl::string_view right) {
  return Sha256(absl::StrCat("\x01", left, right));
}

}  // namespace

std::string Sha256(absl::string_view data) {
  std::string digest(kDigestBytes, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(data.data()), data.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string TaggedSha256(absl::string_view tag, absl::Span<const absl::string_view> parts) {
  std::string all = absl::StrCat(tag, "\n");
  for (const absl::string_view part : parts) absl::StrAppend(&all, part.size(), ":", part);
  return Sha256(all);
}

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr);
}

Sha256Stream::~Sha256Stream() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void Sha256Stream::Add(absl::string_view data) {
  EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), data.data(), data.size());
}

std::string Sha256Stream::Digest() const {
  EVP_MD_CTX* copy = EVP_MD_CTX_new();
  EVP_MD_CTX_copy_ex(copy, static_cast<const EVP_MD_CTX*>(context_));
  std::string digest(kDigestBytes, '\0');
  EVP_DigestFinal_ex(copy, reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  EVP_MD_CTX_free(copy);
  return digest;
}

std::string Canonical(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

std::string LeafHash(absl::string_view data) {
  return Sha256(absl::StrCat(absl::string_view("\0", 1), data));
}

std::string MerkleRoot(std::vector<std::string> hashes) {
  if (hashes.empty()) return Sha256("");
  // Pairing neighbours level by level, an odd last one passed up, is the tree of RFC 9162: its
  // left subtree is always the largest full one.
  while (hashes.size() > 1) {
    size_t out = 0;
    for (size_t i = 0; i + 1 < hashes.size(); i += 2) {
      hashes[out++] = NodeHash(hashes[i], hashes[i + 1]);
    }
    if (hashes.size() % 2 == 1) hashes[out++] = std::move(hashes.back());
    hashes.resize(out);
  }
  return hashes.front();
}

std::string RandomBytes(size_t n) {
  std::string bytes(n, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(n)) != 1) {
    std::abort();  // without randomness nothing that follows would be safe
  }
  return bytes;
}

std::string Uuid4() {
  std::string bytes = RandomBytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

}  // namespace puente::crypto
