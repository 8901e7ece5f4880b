// A stream of the contract that HTTP asked for: of answers, or of requests as files are uploaded.
#pragma once

#include "console/connect/call.h"

namespace puente::console {

// "application/connect+json"
absl::string_view StreamMediaType(Codec codec);

// Makes the call with the messages in the exchange's body and answers with those that come, each as
// the client takes it. The client's going away cancels it.
void CallStream(std::shared_ptr<Exchange> exchange, Call call);

// The answer of a stream that can't begin.
Answer StreamErrorAnswer(const grpc::Status& error, Codec codec);

}  // namespace puente::console
