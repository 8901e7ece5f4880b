// puente.gateway.v1.CouncilService.
#pragma once

#include "common/rpc/compose.h"
#include "gateway/compose/executor.h"
#include "puente/gateway/v1/council.grpc.pb.h"

namespace puente::council {

class CouncilService final : public gateway::v1::CouncilService::CallbackService {
 public:
  // Both must outlive the server.
  CouncilService(rpc::Host& host, compose::Executor& executor) : host_(host), executor_(executor) {}

  grpc::ServerUnaryReactor* GetOverview(grpc::CallbackServerContext* context,
                                        const gateway::v1::GetOverviewRequest* request,
                                        gateway::v1::Overview* answer) override;

 private:
  rpc::Host& host_;
  compose::Executor& executor_;
};

}  // namespace puente::council
