// SHA-256 and what is made of it.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"

namespace puente::crypto {

inline constexpr size_t kDigestBytes = 32;

// SHA-256 of the parts in order, 32 raw bytes.
std::string Sha256(absl::string_view data);

// SHA-256 over a text tag and length-prefixed parts, so that no two lists of parts share a digest.
std::string TaggedSha256(absl::string_view tag, absl::Span<const absl::string_view> parts);

// A digest that grows with a stream.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  void Add(absl::string_view data);
  // Of everything so far; more may be added afterwards.
  std::string Digest() const;

 private:
  void* context_;  // EVP_MD_CTX
};

// Protobuf's wire format with fields in number order: the canonical form of a message of ours,
// which have no maps and no unknown fields.
std::string Canonical(const google::protobuf::Message& message);

// RFC 9162: SHA-256(0x00 ‖ data), the hash of a Merkle tree's leaf.
std::string LeafHash(absl::string_view data);
// RFC 9162: the Merkle tree hash over leaf hashes; SHA-256("") for none.
std::string MerkleRoot(std::vector<std::string> leaf_hashes);

// n random bytes from the operating system.
std::string RandomBytes(size_t n);
// A random UUID (version 4) in its text form.
std::string Uuid4();
// The text form of a UUID (version 8, RFC 9562) that is made of a digest: the same of the same.
std::string UuidOf(absl::string_view digest);

}  // namespace puente::crypto
