// Calls over gRPC channels, as the gateway and in the caller's name.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/compose/transport.h"

namespace puente::compose {

using Channels = std::map<Agency, std::shared_ptr<grpc::Channel>>;

// Gives a call its deadline, and says in whose name it is made.
void Describe(const CallOptions& options, grpc::ClientContext& context);

// Immutable after construction, and so thread-safe. Calls may outlive it.
class GrpcTransport final : public Transport {
 public:
  // Serves these plans only; there must be a channel to each agency that they ask.
  GrpcTransport(const Channels& channels, const std::vector<const Plan*>& plans);

  Cancel Start(const Section& section, const google::protobuf::Message& request,
               google::protobuf::Message* answer, const CallOptions& options,
               std::function<void(absl::Status)> done) override;

 private:
  std::map<std::string, AnyRpc::Starter> starters_;  // by the method's name
};

}  // namespace puente::compose
