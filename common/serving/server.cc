#include "common/serving/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>

#include <mutex>

#include "absl/strings/str_cat.h"
#include "common/calls/service.h"
#include "common/serving/errors.h"
#include "common/serving/health.h"
#include "common/status/macros.h"

namespace puente::serving {
namespace {

constexpr int kMostMessageBytes = 1 << 20;
constexpr int kMostStreamsAConnection = 1000;
constexpr int kSecond = 1000;
constexpr int kMinute = 60 * kSecond;
// Connections outlive a certificate that is taken back, so none lives for long.
constexpr int kMostConnectionAge = 30 * kMinute;
constexpr int kConnectionGrace = 11 * kMinute;  // longer than an upload's default deadline

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMostMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);  // a second instance fails
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMostStreamsAConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, kMostConnectionAge);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, kConnectionGrace);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kMinute);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20 * kSecond);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10 * kSecond);
  // Reflection alone is synchronous.
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MIN_POLLERS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 2);
}

// "127.0.0.1:0" with the port that was chosen.
std::string WithPort(const std::string& listen, int port) {
  const size_t colon = listen.rfind(':');
  return colon == listen.npos || listen.rfind("unix:", 0) == 0
             ? listen
             : absl::StrCat(listen.substr(0, colon), ":", port);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(calls::Host& host, const std::string& listen,
                                                      const identity::TlsFiles& files) {
  RETURN_IF_ERROR(identity::CheckTlsFiles(files, host.options().trust_domain).status());
  return Build(host, listen, &files);
}

absl::StatusOr<std::unique_ptr<Server>> Server::StartInProcess(calls::Host& host) {
  return Build(host, "", nullptr);
}

absl::StatusOr<std::unique_ptr<Server>> Server::Build(calls::Host& host, const std::string& listen,
                                                      const identity::TlsFiles* files) {
  static std::once_flag once;
  std::call_once(once, [] { grpc::reflection::InitProtoReflectionServerBuilderPlugin(); });
  std::unique_ptr<Server> server(new Server(host));
  server->health_ = std::make_unique<HealthService>(host.service_names());
  grpc::ServerBuilder builder;
  SetLimits(builder);
  int port = 0;
  if (files != nullptr) {
    builder.AddListeningPort(listen, identity::ServerTls(*files, host.options().trust_domain),
                             &port);
  }
  for (const auto& service : host.services()) {
    service->CheckComplete();
    builder.RegisterService(service.get());
  }
  builder.RegisterService(server->health_.get());
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || (files != nullptr && port == 0)) {
    return Error(error::kListenFailed, {{"address", listen}});
  }
  if (files != nullptr) server->address_ = WithPort(listen, port);
  return server;
}

Server::Server(calls::Host& host) : host_(host) {}

Server::~Server() { Drain(absl::ZeroDuration()); }

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

void Server::SetServing(bool serving) { health_->SetServing(serving); }

void Server::Drain(absl::Duration grace) {
  if (drained_ || server_ == nullptr) return;
  drained_ = true;
  health_->Shutdown();
  host_.Drain();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  server_->Wait();
}

}  // namespace puente::serving
