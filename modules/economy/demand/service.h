// puente.economy.v1.DemandService.
#pragma once

#include "common/rpc/host.h"
#include "modules/economy/demand/summary.h"
#include "puente/economy/v1/demand.grpc.pb.h"

namespace puente::economy {

class DemandService final : public v1::DemandService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  explicit DemandService(rpc::Host& host) : host_(host) {}

  Reactor* CreateDemandStatement(Context* c, const v1::CreateDemandStatementRequest* q,
                                 v1::DemandStatement* r) override;
  Reactor* GetDemandStatement(Context* c, const v1::GetDemandStatementRequest* q,
                              v1::DemandStatement* r) override;
  Reactor* ListDemandStatements(Context* c, const v1::ListDemandStatementsRequest* q,
                                v1::ListDemandStatementsResponse* r) override;
  Reactor* WithdrawDemandStatement(Context* c, const v1::WithdrawDemandStatementRequest* q,
                                   v1::DemandStatement* r) override;
  Reactor* GetDemandSummary(Context* c, const v1::GetDemandSummaryRequest* q,
                            v1::DemandSummary* r) override;

 private:
  rpc::Host& host_;
  ReleaseCache releases_;
};

}  // namespace puente::economy
