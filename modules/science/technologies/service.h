// puente.science.v1.TechnologyService.
#pragma once

#include "common/rpc/host.h"
#include "puente/science/v1/technology.grpc.pb.h"

namespace puente::science {

class TechnologyService final : public v1::TechnologyService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  explicit TechnologyService(rpc::Host& host) : host_(host) {}

  Reactor* CreateTechnology(Context* c, const v1::CreateTechnologyRequest* q,
                            v1::Technology* r) override;
  Reactor* GetTechnology(Context* c, const v1::GetTechnologyRequest* q, v1::Technology* r) override;
  Reactor* ListTechnologies(Context* c, const v1::ListTechnologiesRequest* q,
                            v1::ListTechnologiesResponse* r) override;
  Reactor* BatchGetTechnologies(Context* c, const v1::BatchGetTechnologiesRequest* q,
                                v1::BatchGetTechnologiesResponse* r) override;

 private:
  rpc::Host& host_;
};

}  // namespace puente::science
