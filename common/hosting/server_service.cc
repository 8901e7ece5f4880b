#include "common/hosting/server_service.h"

#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/context/version.h"
#include "common/status/macros.h"
#include "puente/api/v1/server.grpc.pb.h"

namespace puente::hosting {

namespace {

absl::StatusOr<api::v1::Server> GetServer(const Call&, sql::Session* session,
                                          const api::v1::GetServerRequest&, calls::Host& host,
                                          const Described& described) {
  api::v1::Server server;
  server.set_agency(host.options().agency);
  server.set_version(std::string(VersionWithCommit()));
  server.set_hosting(host.options().hosting);
  server.set_schema_version(described.schema_version);
  *server.mutable_start_time() = ToProto(host.start_time());
  RETURN_IF_ERROR(described.describe(session, server));
  return server;
}

}  // namespace

void ServeServer(calls::Host& host, const Described& described) {
  host.Serve<api::v1::ServerService>().Read<&GetServer>(host, described);
}

}  // namespace puente::hosting
