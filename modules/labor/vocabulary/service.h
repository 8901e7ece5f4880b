// puente.labor.v1.SkillService.
#pragma once

#include "common/rpc/host.h"
#include "puente/labor/v1/skill.grpc.pb.h"

namespace puente::labor {

class SkillService final : public v1::SkillService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  explicit SkillService(rpc::Host& host) : host_(host) {}

  Reactor* CreateSkill(Context* c, const v1::CreateSkillRequest* q, v1::Skill* r) override;
  Reactor* GetSkill(Context* c, const v1::GetSkillRequest* q, v1::Skill* r) override;
  Reactor* ListSkills(Context* c, const v1::ListSkillsRequest* q,
                      v1::ListSkillsResponse* r) override;
  Reactor* BatchGetSkills(Context* c, const v1::BatchGetSkillsRequest* q,
                          v1::BatchGetSkillsResponse* r) override;

 private:
  rpc::Host& host_;
};

}  // namespace puente::labor
