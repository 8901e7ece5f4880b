// Calls to the servers of the federation, as one caller.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "cli/federation.h"
#include "cli/options.h"
#include "google/protobuf/message.h"

namespace puente::cli {

// Thread-safe.
class Client {
 public:
  // `caller` must be one of the federation's.
  Client(const Federation& federation, const std::string& caller, Headers headers);

  const std::string& caller() const { return caller_; }
  const identity::TlsFiles& files() const { return files_; }

  // NOT_FOUND if the federation has no such server.
  absl::StatusOr<std::string> AddressOf(const std::string& server) const;

  // The channel to a server, which is held against its own SPIFFE id.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelTo(const std::string& server);

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
  const Federation federation_;
  const std::string caller_;
  const identity::TlsFiles files_;
  const Headers headers_;
  absl::Mutex mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_ ABSL_GUARDED_BY(mutex_);
};

// Why the last TLS handshake of this process was refused, as OpenSSL told; "" if none was.
std::string LastHandshakeRefusal();

}  // namespace puente::cli
