#include "common/crypto/digest.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstdlib>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace puente::crypto {
namespace {

// Fetched once: OpenSSL 3 would look it up anew for each digest, which costs more than a short one.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

std::string Finish(EVP_MD_CTX* context) {
  std::string digest(kDigestBytes, '\0');
  EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  return digest;
}

std::string NodeHash(absl::string_view left, absl::string_view right) {
  return Sha256(absl::StrCat("\x01", left, right));
}

}  // namespace

std::string Sha256(absl::string_view data) {
  thread_local const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestInit_ex2(context.get(), Algorithm(), nullptr);
  EVP_DigestUpdate(context.get(), data.data(), data.size());
  return Finish(context.get());
}

std::string TaggedSha256(absl::string_view tag, absl::Span<const absl::string_view> parts) {
  std::string all = absl::StrCat(tag, "\n");
  for (const absl::string_view part : parts) absl::StrAppend(&all, part.size(), ":", part);
  return Sha256(all);
}

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_), Algorithm(), nullptr);
}

Sha256Stream::~Sha256Stream() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void Sha256Stream::Add(absl::string_view data) {
  EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), data.data(), data.size());
}

std::string Sha256Stream::Digest() const {
  const Context copy(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_MD_CTX_copy_ex(copy.get(), static_cast<const EVP_MD_CTX*>(context_));
  return Finish(copy.get());
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

namespace {

// `version` as the upper four bits.
std::string UuidText(std::string bytes, char version) {
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | version);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string hex = absl::BytesToHexString(bytes);
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

}  // namespace

std::string Uuid4() { return UuidText(RandomBytes(16), 0x40); }

std::string UuidOf(absl::string_view digest) {
  return UuidText(std::string(digest.substr(0, 16)), static_cast<char>(0x80));
}

}  // namespace puente::crypto
