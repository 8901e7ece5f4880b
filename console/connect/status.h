// Errors as Connect has them.
#pragma once

#include <grpcpp/support/status.h>

#include "console/http/exchange.h"

namespace puente::console {

// "invalid_argument"
absl::string_view ConnectCode(grpc::StatusCode code);
// The status of HTTP that stands for it.
int HttpStatus(grpc::StatusCode code);

// {"code":"not_found","message":...,"details":[{"type","value","debug"}]}; the details are those of
// google.rpc.Status in the error, each with its JSON as "debug" where its type is known.
std::string ErrorJson(const grpc::Status& error);

// The answer of a unary call that failed.
Answer ErrorAnswer(const grpc::Status& error);

}  // namespace puente::console
