// puente.gateway.v1.CertificationService.
#pragma once

#include "common/rpc/compose.h"
#include "gateway/compose/executor.h"
#include "puente/gateway/v1/certification.grpc.pb.h"

namespace puente::certification {

class CertificationService final : public gateway::v1::CertificationService::CallbackService {
 public:
  // Both must outlive the server.
  CertificationService(rpc::Host& host, compose::Executor& executor)
      : host_(host), executor_(executor) {}

  grpc::ServerUnaryReactor* GetDossier(grpc::CallbackServerContext* context,
                                       const gateway::v1::GetDossierRequest* request,
                                       gateway::v1::Dossier* answer) override;

 private:
  rpc::Host& host_;
  compose::Executor& executor_;
};

}  // namespace puente::certification
