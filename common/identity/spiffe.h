// Who a caller is: the path of the one SPIFFE URI in its certificate.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/context/call.h"

namespace puente::identity {

// Trust domain of all SPIFFE ids.
inline constexpr absl::string_view kTrustDomain = "puente.local";

// The path under which the gateway is known.
inline constexpr absl::string_view kGateway = "gateway";

// The path under which an agency's server, or the gateway, is known.
std::string ServerPath(absl::string_view agency);

// True if `path` is one that a caller can have: a known kind with the ids that the kind takes, such
// as "agency/labor", "authority/09", "gateway".
bool IsCallerPath(absl::string_view path);

// The kinds of callers that are named by ids: "agency", …
std::vector<absl::string_view> CallerKinds();

// True if `path` is a caller's, or stands for all callers of a kind: "company/*".
bool IsPrincipalPath(absl::string_view path);

// The caller of exactly "spiffe://<trust_domain>/<caller path>". CALLER_UNKNOWN otherwise; nothing
// is decoded, folded or trimmed.
absl::StatusOr<Caller> ParseSpiffe(absl::string_view uri, absl::string_view trust_domain);

}  // namespace puente::identity
