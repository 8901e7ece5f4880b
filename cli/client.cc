#include "cli/client.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/context/call.h"
#include "common/identity/handshakes.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"

namespace puente::cli {
namespace {

using google::protobuf::Message;
using Stub = grpc::TemplatedGenericStub<Message, Message>;

constexpr int kMostMessageBytes = 4 << 20;
// As the integrator's guide has it.

struct Refusal {
  absl::Mutex mutex;
  std::string cause ABSL_GUARDED_BY(mutex);
};

// Never deleted: gRPC's threads may outlive main().
Refusal& TheRefusal() {
  static auto* refusal = new Refusal;
  return *refusal;
}

void Observe() {
  static const bool once = [] {
    identity::ObserveHandshakes(
        [](absl::string_view cause) {
          Refusal& refusal = TheRefusal();
          absl::MutexLock lock(&refusal.mutex);
          refusal.cause = std::string(cause);
        },
        [](absl::string_view) {});  // what matters comes back in the call's status
    return true;
  }();
  (void)once;
}

// The path that the certificate of a server must hold.
std::string SpiffePath(const std::string& server) {
  return server == "gateway" ? server : absl::StrCat("agency/", server);
}

}  // namespace

Client::Client(const Federation& federation, const std::string& caller, Headers headers)
    : federation_(federation),
      caller_(caller),
      files_(federation.callers.at(caller)),
      headers_(std::move(headers)) {
  Observe();
}

absl::StatusOr<std::string> Client::AddressOf(const std::string& server) const {
  const auto found = federation_.addresses.find(server);
  if (found != federation_.addresses.end() && !found->second.empty()) return found->second;
  return absl::NotFoundError(
      absl::StrCat(federation_.file, " has no address for the server \"", server, "\""));
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Client::ChannelTo(const std::string& server) {
  ASSIGN_OR_RETURN(const std::string address, AddressOf(server));
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<grpc::Channel>& channel = channels_[server];
  if (channel == nullptr) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kMostMessageBytes);
    channel = grpc::CreateCustomChannel(
        address, identity::ClientTls(files_, kTrustDomain, SpiffePath(server)), arguments);
  }
  return channel;
}

void Client::Prepare(grpc::ClientContext& context, absl::Duration timeout) const {
  for (const auto& [name, value] : headers_) context.AddMetadata(name, value);
  if (timeout > absl::ZeroDuration()) {
    context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  }
}

absl::Status Client::Call(const std::string& server, const std::string& method,
                          const Message& request, Message* response, absl::Duration timeout,
                          std::string* freshness) {
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel, ChannelTo(server));
  grpc::ClientContext context;
  Prepare(context, timeout);
  grpc::Status status;
  absl::Notification done;
  Stub stub(std::move(channel));
  stub.UnaryCall(&context, absl::StrCat("/", method), grpc::StubOptions(), &request, response,
                 [&](grpc::Status answer) {
                   status = std::move(answer);
                   done.Notify();
                 });
  done.WaitForNotification();
  if (freshness != nullptr && status.ok()) {
    const auto& metadata = context.GetServerInitialMetadata();
    const auto found = metadata.find(kFreshnessKey);
    if (found != metadata.end()) freshness->assign(found->second.data(), found->second.size());
  }
  return FromGrpc(status);
}

absl::Status Client::Stream(const std::string& server, const std::string& method,
                            const Message& request, Message& message, absl::Duration timeout,
                            absl::FunctionRef<void()> take) {
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel, ChannelTo(server));
  grpc::ClientContext context;
  Prepare(context, timeout);
  const std::string path = absl::StrCat("/", method);
  const grpc::internal::RpcMethod rpc(path.c_str(), grpc::internal::RpcMethod::SERVER_STREAMING,
                                      channel);
  const std::unique_ptr<grpc::ClientReader<Message>> reader(
      grpc::internal::ClientReaderFactory<Message>::Create(channel.get(), rpc, &context, request));
  while (reader->Read(&message)) take();
  return FromGrpc(reader->Finish());
}

std::string LastHandshakeRefusal() {
  Refusal& refusal = TheRefusal();
  absl::MutexLock lock(&refusal.mutex);
  return refusal.cause;
}

}  // namespace puente::cli
