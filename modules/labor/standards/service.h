// puente.labor.v1.StandardsService.
#pragma once

#include "common/rpc/host.h"
#include "puente/labor/v1/standards.grpc.pb.h"

namespace puente::labor {

class StandardsService final : public v1::StandardsService::CallbackService {
 public:
  explicit StandardsService(rpc::Host& host) : host_(host) {}

  grpc::ServerUnaryReactor* GetStandards(grpc::CallbackServerContext* c,
                                         const v1::GetStandardsRequest* q,
                                         v1::Standards* r) override;

 private:
  rpc::Host& host_;
};

}  // namespace puente::labor
