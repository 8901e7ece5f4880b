#include "common/identity/peer.h"

#include "common/identity/errors.h"
#include "common/identity/spiffe.h"

namespace puente::identity {
namespace {

absl::string_view View(grpc::string_ref text) { return {text.data(), text.size()}; }

}  // namespace

bool IsInProcess(const grpc::AuthContext& context) { return context.begin() == context.end(); }

absl::StatusOr<Caller> PeerOf(const grpc::AuthContext& context, absl::string_view trust_domain) {
  // One walk instead of a look-up a property, each of which makes a vector.
  absl::string_view uri;
  absl::string_view spiffe_id;
  int uris = 0;
  int spiffe_ids = 0;
  for (auto it = context.begin(); it != context.end(); ++it) {
    const auto [name, value] = *it;
    if (name == "peer_uri") {
      uri = View(value);
      ++uris;
    } else if (name == "peer_spiffe_id") {
      spiffe_id = View(value);
      ++spiffe_ids;
    }
  }
  if (uris != 1 || spiffe_ids != 1 || uri != spiffe_id) {
    return Error(error::kCallerUnknown,
                 "why"_is(uris == 0 ? "it has no URI" : "it has not exactly one SPIFFE URI"),
                 "trust_domain"_is(trust_domain));
  }
  return ParseSpiffe(uri, trust_domain);
}

}  // namespace puente::identity
