// Calls to the servers of the federation, as one caller.
#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cli/options.h"
#include "common/federation/channels.h"
#include "google/protobuf/message.h"

namespace puente::cli {

// Thread-safe.
class Client {
 public:
  // `caller` must be one of the federation's.
  Client(const Federation& federation, const std::string& caller, Headers headers);

  Channels& channels() { return channels_; }
  const Channels& channels() const { return channels_; }

  // Sets what every call carries; a timeout of zero means none.
  void Prepare(grpc::ClientContext& context, absl::Duration timeout) const;

  // One unary call; `method` is "puente.labor.v1.VacancyService/GetVacancy". The error of a server
  // keeps its details. `freshness` gets the token of a write.
  absl::Status Call(const std::string& server, const std::string& method,
                    const google::protobuf::Message& request, google::protobuf::Message* response,
                    absl::Duration timeout, std::string* freshness = nullptr);

  // One server stream: `take` gets each message as it comes, in `message`.
  absl::Status Stream(const std::string& server, const std::string& method,
                      const google::protobuf::Message& request, google::protobuf::Message& message,
                      absl::Duration timeout, absl::FunctionRef<void()> take);

 private:
  Channels channels_;
  const Headers headers_;
};

}  // namespace puente::cli
