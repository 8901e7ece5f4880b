#include "cli/client.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/sync_stream.h>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/context/call.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"

namespace puente::cli {
namespace {

using google::protobuf::Message;
using Stub = grpc::TemplatedGenericStub<Message, Message>;

}  // namespace

Client::Client(const Federation& federation, const std::string& caller, Headers headers)
    : channels_(federation, caller), headers_(std::move(headers)) {}

void Client::Prepare(grpc::ClientContext& context, absl::Duration timeout) const {
  for (const auto& [name, value] : headers_) context.AddMetadata(name, value);
  if (timeout > absl::ZeroDuration()) {
    context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  }
}

absl::Status Client::Call(const std::string& server, const std::string& method,
                          const Message& request, Message* response, absl::Duration timeout,
                          std::string* freshness) {
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel, channels_.To(server));
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
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> channel, channels_.To(server));
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

}  // namespace puente::cli
