// puente.education.v1.MicrocredentialService.
#pragma once

#include "common/rpc/host.h"
#include "puente/education/v1/microcredential.grpc.pb.h"

namespace puente::education {

class MicrocredentialService final : public v1::MicrocredentialService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  explicit MicrocredentialService(rpc::Host& host) : host_(host) {}

  Reactor* CreateMicrocredentialVersion(Context* c,
                                        const v1::CreateMicrocredentialVersionRequest* q,
                                        v1::MicrocredentialVersion* r) override;
  Reactor* PublishMicrocredentialVersion(Context* c,
                                         const v1::PublishMicrocredentialVersionRequest* q,
                                         v1::MicrocredentialVersion* r) override;
  Reactor* GetMicrocredentialVersion(Context* c, const v1::GetMicrocredentialVersionRequest* q,
                                     v1::MicrocredentialVersion* r) override;
  Reactor* ListMicrocredentialVersions(Context* c, const v1::ListMicrocredentialVersionsRequest* q,
                                       v1::ListMicrocredentialVersionsResponse* r) override;
  Reactor* BatchGetMicrocredentialVersions(Context* c,
                                           const v1::BatchGetMicrocredentialVersionsRequest* q,
                                           v1::BatchGetMicrocredentialVersionsResponse* r) override;
  Reactor* GetSupplySummary(Context* c, const v1::GetSupplySummaryRequest* q,
                            v1::SupplySummary* r) override;

 private:
  rpc::Host& host_;
};

}  // namespace puente::education
