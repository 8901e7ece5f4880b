// Calls that the gateway makes of agencies by itself, as due work: on behalf of nobody.
#pragma once

#include <grpcpp/grpcpp.h>

#include <algorithm>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/context/call.h"
#include "common/status/grpc_status.h"
#include "common/telemetry/log.h"

namespace puente::compose {

// One call: a slice makes several, and others' work waits for it.
inline constexpr absl::Duration kLongestOwnCall = absl::Seconds(2);

// Gives such a call its deadline, and its trace.
inline void DescribeOwn(const Call& call, grpc::ClientContext& context) {
  context.set_deadline(absl::ToChronoTime(std::min(call.deadline, absl::Now() + kLongestOwnCall)));
  context.AddMetadata("traceparent", telemetry::Traceparent(call.trace));
}

template <class Stub, class Request, class Answer>
absl::StatusOr<Answer> CallOwn(const Call& call, Stub& stub,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                            Answer*),
                               const Request& request) {
  grpc::ClientContext context;
  DescribeOwn(call, context);
  Answer answer;
  const grpc::Status status = (stub.*method)(&context, request, &answer);
  if (!status.ok()) return FromGrpc(status);
  return answer;
}

}  // namespace puente::compose
