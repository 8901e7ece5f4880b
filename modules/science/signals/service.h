// puente.science.v1.SkillSignalService.
#pragma once

#include "common/rpc/host.h"
#include "puente/science/v1/signal.grpc.pb.h"

namespace puente::science {

class SkillSignalService final : public v1::SkillSignalService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  explicit SkillSignalService(rpc::Host& host) : host_(host) {}

  Reactor* CreateSkillSignal(Context* c, const v1::CreateSkillSignalRequest* q,
                             v1::SkillSignal* r) override;
  Reactor* GetSkillSignal(Context* c, const v1::GetSkillSignalRequest* q,
                          v1::SkillSignal* r) override;
  Reactor* ListSkillSignals(Context* c, const v1::ListSkillSignalsRequest* q,
                            v1::ListSkillSignalsResponse* r) override;
  Reactor* BatchGetSkillSignals(Context* c, const v1::BatchGetSkillSignalsRequest* q,
                                v1::BatchGetSkillSignalsResponse* r) override;
  Reactor* GetSignalSummary(Context* c, const v1::GetSignalSummaryRequest* q,
                            v1::SignalSummary* r) override;

 private:
  rpc::Host& host_;
};

}  // namespace puente::science
