// Between absl::Status with our payloads and grpc::Status with google.rpc.Status details.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "common/status/error.h"

namespace puente {

// The details are ErrorInfo, BadRequest and RetryInfo where set, and LocalizedMessage; at most 4
// KB. An error without a reason becomes INTERNAL, its text is not sent.
grpc::Status ToGrpc(const absl::Status& status, Locale locale);

// Keeps the peer's details, so that Reason(), Text() and ToGrpc() give them back.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace puente
