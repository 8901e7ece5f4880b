#include "common/rpc/server_service.h"

#include "common/context/values.h"
#include "common/context/version.h"
#include "common/rpc/handlers.h"
#include "common/status/macros.h"

namespace puente::rpc {

absl::StatusOr<api::v1::Server> ServerService::Get(sql::Session* session) const {
  api::v1::Server server;
  server.set_agency(host_.options().agency);
  server.set_version(std::string(VersionWithCommit()));
  server.set_hosting(host_.options().hosting);
  server.set_schema_version(schema_version_);
  *server.mutable_start_time() = ToProto(host_.start_time());
  RETURN_IF_ERROR(describe_(session, server));
  return server;
}

grpc::ServerUnaryReactor* ServerService::GetServer(grpc::CallbackServerContext* context,
                                                   const api::v1::GetServerRequest* request,
                                                   api::v1::Server* response) {
  return Compute(host_, context, request, response,
                 [this](const Call&, sql::Session* session, const api::v1::GetServerRequest&) {
                   return Get(session);
                 });
}

}  // namespace puente::rpc
