#include "common/hosting/server_service.h"

#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/context/version.h"
#include "common/status/macros.h"
#include "puente/api/v1/server.grpc.pb.h"

namespace puente::hosting {

void ServeServer(
    calls::Host& host, int schema_version,
    std::function<absl::Status(sql::Session* session, api::v1::Server& server)> describe) {
  host.Serve<api::v1::ServerService>().Read(
      [&host, schema_version, describe = std::move(describe)](
          const Call&, sql::Session* session,
          const api::v1::GetServerRequest&) -> absl::StatusOr<api::v1::Server> {
        api::v1::Server server;
        server.set_agency(host.options().agency);
        server.set_version(std::string(VersionWithCommit()));
        server.set_hosting(host.options().hosting);
        server.set_schema_version(schema_version);
        *server.mutable_start_time() = ToProto(host.start_time());
        RETURN_IF_ERROR(describe(session, server));
        return server;
      });
}

}  // namespace puente::hosting
