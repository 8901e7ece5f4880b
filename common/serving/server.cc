#include "common/serving/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>

#include <algorithm>
#include <mutex>

#include "common/calls/service.h"
#include "common/serving/errors.h"
#include "common/serving/front_door.h"
#include "common/serving/health.h"
#include "common/status/macros.h"

namespace puente::serving {
namespace {

constexpr int kMostMessageBytes = 1 << 20;
constexpr int kSecond = 1000;
constexpr int kMinute = 60 * kSecond;
// Before its request has come whole, a call is gRPC's alone: it holds up to kMostMessageBytes, and
// only its caller's deadline or its connection's end bounds how long. So one connection holds at
// most this many, and all of them kMostGrpcBytes, beyond which gRPC reads slower and then ends
// calls with RESOURCE_EXHAUSTED (docs/decisions/0025).
constexpr int kMostStreamsAConnection = 100;
constexpr size_t kMostGrpcBytes = size_t{256} << 20;
// From the connection to the end of the handshake.
constexpr int kHandshakeTime = 10 * kSecond;
// Connections outlive a certificate that is taken back, so none lives for long.
constexpr int kMostConnectionAge = 30 * kMinute;
constexpr int kConnectionGrace = 11 * kMinute;  // longer than an upload's default deadline
// For what was answered last to arrive.
constexpr absl::Duration kLastAnswers = absl::Seconds(1);

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMostMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMostStreamsAConnection);
  builder.SetResourceQuota(grpc::ResourceQuota("puente").Resize(kMostGrpcBytes));
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeTime);
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

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(calls::Host& host, const std::string& listen,
                                                      const identity::TlsFiles& files) {
  RETURN_IF_ERROR(identity::CheckTlsFiles(files, host.options().trust_domain).status());
  ASSIGN_OR_RETURN(auto door, FrontDoor::Open(listen));
  return Build(host, std::move(door), identity::ServerTls(files, host.options().trust_domain));
}

absl::StatusOr<std::unique_ptr<Server>> Server::StartInProcess(calls::Host& host) {
  return Build(host, nullptr, nullptr);
}

absl::StatusOr<std::unique_ptr<Server>> Server::Build(
    calls::Host& host, std::unique_ptr<FrontDoor> door,
    std::shared_ptr<grpc::ServerCredentials> credentials) {
  static std::once_flag once;
  std::call_once(once, [] { grpc::reflection::InitProtoReflectionServerBuilderPlugin(); });
  std::unique_ptr<Server> server(new Server(host, std::move(door)));
  grpc::ServerBuilder builder;
  SetLimits(builder);
  if (server->door_ != nullptr) server->door_->AddTo(builder, std::move(credentials));
  for (const auto& service : host.services()) {
    service->CheckComplete();
    builder.RegisterService(service.get());
  }
  builder.RegisterService(server->health_.get());
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr) {
    return Error(error::kListenFailed, "address"_is(server->address()));
  }
  if (server->door_ != nullptr) server->door_->Start();
  return server;
}

Server::Server(calls::Host& host, std::unique_ptr<FrontDoor> door)
    : host_(host),
      health_(std::make_unique<HealthService>(host.service_names())),
      door_(std::move(door)) {}

Server::~Server() { Drain(absl::ZeroDuration()); }

std::string Server::address() const { return door_ == nullptr ? "" : door_->address(); }

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

void Server::SetServing(bool serving) { health_->SetServing(serving); }

// gRPC drops what arrives after Shutdown(), which the caller would see as CANCELLED. So the host
// refuses calls until none is left, and nothing more is said on connections from before.
void Server::Drain(absl::Duration grace) {
  if (drained_ || server_ == nullptr) return;
  drained_ = true;
  if (door_ != nullptr) door_->Close();
  health_->Shutdown(kLastAnswers);
  host_.Drain(grace);
  if (door_ != nullptr) door_->HangUp(std::min(grace, kLastAnswers));
  server_->Shutdown(absl::ToChronoTime(absl::Now()));
  server_->Wait();
}

}  // namespace puente::serving
