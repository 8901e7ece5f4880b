#include "common/hosting/server_service.h"

#include "absl/strings/strip.h"
#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/context/version.h"
#include "common/identity/spiffe.h"
#include "common/status/macros.h"
#include "puente/api/v1/options.pb.h"
#include "puente/api/v1/server.grpc.pb.h"

namespace puente::hosting {

namespace {

absl::StatusOr<api::v1::Server> GetServer(const Call& call, sql::Session* session,
                                          const api::v1::GetServerRequest&, calls::Host& host,
                                          const Described& described) {
  api::v1::Server server;
  server.set_agency(host.options().agency);
  server.set_version(std::string(VersionWithCommit()));
  server.set_hosting(host.options().hosting);
  server.set_schema_version(described.schema_version);
  *server.mutable_start_time() = ToProto(host.start_time());
  RETURN_IF_ERROR(described.describe(call, session, server));
  return server;
}

// What a method asks of a caller who may call it.
api::v1::CallableMethod ToCallable(const calls::Method& method, absl::string_view caller) {
  const api::v1::Access& access = method.descriptor.options().GetExtension(api::v1::access);
  api::v1::CallableMethod callable;
  callable.set_method(std::string(absl::StripPrefix(method.access.method(), "/")));
  callable.set_own_records_only(method.access.OwnerOnly(caller));
  *callable.mutable_roles() = access.roles();
  if (method.access.needs_purpose(caller)) *callable.mutable_purposes() = access.purposes();
  return callable;
}

absl::StatusOr<api::v1::WhoAmIResponse> WhoAmI(const Call& call, sql::Session*,
                                               const api::v1::WhoAmIRequest&, calls::Host& host) {
  api::v1::WhoAmIResponse answer;
  answer.set_agency(host.options().agency);
  answer.set_path(call.caller.path);
  if (call.caller.path != identity::ServerPath(host.options().agency)) {
    answer.set_record_kind(call.standing.record_kind);
    for (std::string& source : SourcesOf(call)) answer.add_sources(std::move(source));
  }
  if (!call.actor.empty()) {
    answer.set_actor(call.actor);
    ASSIGN_OR_RETURN(const auto roles,
                     host.options().principals()->RolesOf(call.caller.path, call.actor));
    answer.mutable_actor_roles()->Assign(roles.begin(), roles.end());
  }
  for (const auto& service : host.services()) {
    for (int i = 0; i < service->descriptor().method_count(); ++i) {
      const calls::Method& method = *service->Find(service->descriptor().method(i)->name());
      if (!method.access.Allows(call.caller.path)) continue;
      *answer.add_methods() = ToCallable(method, call.caller.path);
    }
  }
  return answer;
}

}  // namespace

void ServeServer(calls::Host& host, const Described& described) {
  calls::Service& server = host.Serve<api::v1::ServerService>();
  server.Read<&GetServer>(host, described);
  server.Read<&WhoAmI>(host);
}

}  // namespace puente::hosting
