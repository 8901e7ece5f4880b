#include "gateway/compose/grpc_transport.h"

#include <grpcpp/generic/async_generic_service.h>

#include "common/status/grpc_status.h"
#include "common/telemetry/log.h"

namespace puente::compose {
namespace {

// Callbacks run on threads that end with the last channel or server in the process that uses them.
// A call of ours may be what drops it, in its callback: the thread then joins itself and goes on
// with a queue that is gone (gRPC 1.51, docs/decisions/0024). A server without a port uses them for
// as long as the process lives.
void KeepCallbackThreads() {
  [[maybe_unused]] static const grpc::Server* const kept = [] {
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(new grpc::CallbackGenericService);
    return builder.BuildAndStart().release();
  }();
}

}  // namespace

void Describe(const CallOptions& options, grpc::ClientContext& context) {
  context.set_deadline(absl::ToChronoTime(options.deadline));
  context.AddMetadata("puente-original-caller", options.caller);
  if (!options.actor.empty()) context.AddMetadata("puente-actor", options.actor);
  if (!options.purpose.empty()) context.AddMetadata("puente-purpose", options.purpose);
  context.AddMetadata("accept-language", options.locale == Locale::kEnglish ? "en" : "es-MX");
  context.AddMetadata("traceparent", telemetry::Traceparent(options.trace));
}

GrpcTransport::GrpcTransport(const Channels& channels, const std::vector<const Plan*>& plans) {
  KeepCallbackThreads();
  for (const Plan* plan : plans) {
    for (const Section& section : plan->sections()) {
      AnyRpc::Starter& starter = starters_[section.rpc().name];
      if (!starter) starter = section.rpc().bind(channels.at(section.agency()));
    }
  }
}

Cancel GrpcTransport::Start(const Section& section, const google::protobuf::Message& request,
                            google::protobuf::Message* answer, const CallOptions& options,
                            std::function<void(absl::Status)> done) {
  auto context = std::make_shared<grpc::ClientContext>();
  Describe(options, *context);
  starters_.at(section.rpc().name)(
      context.get(), request, answer,
      [context, done = std::move(done)](grpc::Status status) { done(FromGrpc(status)); });
  return [context] { context->TryCancel(); };
}

}  // namespace puente::compose
