// puente.api.v1.ServerService: which server this is.
#pragma once

#include <functional>

#include "common/rpc/host.h"
#include "puente/api/v1/server.grpc.pb.h"

namespace puente::rpc {

class ServerService final : public api::v1::ServerService::CallbackService {
 public:
  // Fills in what only the module knows; `session` is null without a database. On a worker.
  using Describe = std::function<absl::Status(sql::Session* session, api::v1::Server& server)>;

  ServerService(Host& host, int schema_version, Describe describe)
      : host_(host), schema_version_(schema_version), describe_(std::move(describe)) {}

  grpc::ServerUnaryReactor* GetServer(grpc::CallbackServerContext* context,
                                      const api::v1::GetServerRequest* request,
                                      api::v1::Server* response) override;

 private:
  absl::StatusOr<api::v1::Server> Get(sql::Session* session) const;

  Host& host_;
  const int schema_version_;
  const Describe describe_;
};

}  // namespace puente::rpc
