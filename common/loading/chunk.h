// A chunk of an upload: stored once, however often it comes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/calls/host.h"
#include "common/crypto/digest.h"
#include "common/journal/write.h"
#include "common/status/macros.h"

namespace puente::loading {

struct Chunk {
  std::string request_id;  // of the upload, in lower case; "" makes it not repeatable
  int64_t number = 0;      // from 1
  std::string digest;      // DigestOf() its rows: what makes two chunks the same
  journal::WritePath::Mode mode = journal::WritePath::Mode::kStore;
};

// The digest of a chunk: of all that is to be stored of its rows, message(row) each, in order.
template <class Rows, class ToMessage>
std::string DigestOf(const Rows& rows, const ToMessage& message) {
  std::vector<std::string> hashes;
  for (const auto& row : rows) {
    hashes.push_back(crypto::LeafHash(crypto::Canonical(message(row))));
  }
  return crypto::MerkleRoot(std::move(hashes));
}

// Runs body(transaction), which says how it went, and journals all that it changes as one entry. A
// chunk that came before answers as it did then. Sets `freshness` if something is stored.
template <class Done>
absl::StatusOr<Done> StoreChunk(
    calls::Host& host, const Call& call, sql::Session& session, const Chunk& chunk,
    std::string& freshness,
    const std::function<absl::StatusOr<Done>(journal::Transaction&)>& body) {
  const std::string upload = absl::StrCat(chunk.request_id, "/", chunk.number);
  const journal::WritePath path(
      host.journal(), journal::WritePath::Key(call, chunk.request_id.empty() ? "" : upload),
      chunk.digest, chunk.mode);
  Done done;
  ASSIGN_OR_RETURN(journal::Done written,
                   path.RunInto(session, call, done, [&](journal::Transaction& tx) -> absl::Status {
                     tx.AsChunk(upload);
                     ASSIGN_OR_RETURN(done, body(tx));
                     return absl::OkStatus();
                   }));
  if (!written.freshness.empty()) freshness = std::move(written.freshness);
  return done;
}

}  // namespace puente::loading
