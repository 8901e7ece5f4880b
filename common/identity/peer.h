// The caller behind a connection, as gRPC authenticated it.
#pragma once

#include <grpcpp/security/auth_context.h>

#include "absl/status/statusor.h"
#include "common/context/call.h"

namespace puente::identity {

// True for a call over an in-process channel. A TLS connection always has properties.
bool IsInProcess(const grpc::AuthContext& context);

// The caller of a TLS connection: exactly one URI in its certificate, which gRPC took for a SPIFFE
// id and ParseSpiffe() takes for a caller. CALLER_UNKNOWN otherwise.
absl::StatusOr<Caller> PeerOf(const grpc::AuthContext& context, absl::string_view trust_domain);

}  // namespace puente::identity
