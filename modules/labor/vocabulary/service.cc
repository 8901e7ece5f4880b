#include "modules/labor/vocabulary/service.h"

#include "common/resource/methods.h"
#include "common/rpc/handlers.h"
#include "modules/labor/vocabulary/store.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::Skill> Create(const Call& call, journal::Transaction& tx,
                                 const v1::CreateSkillRequest& request) {
  return resource::Create(call, tx, store::SkillSpec(), {request.skill_id()}, request.skill());
}

}  // namespace

SkillService::Reactor* SkillService::CreateSkill(Context* c, const v1::CreateSkillRequest* q,
                                                 v1::Skill* r) {
  return rpc::Mutate(host_, c, q, r, &Create);
}
SkillService::Reactor* SkillService::GetSkill(Context* c, const v1::GetSkillRequest* q,
                                              v1::Skill* r) {
  return rpc::Read(host_, c, q, r, resource::Getting<v1::Skill>(store::SkillSpec()));
}
SkillService::Reactor* SkillService::ListSkills(Context* c, const v1::ListSkillsRequest* q,
                                                v1::ListSkillsResponse* r) {
  return rpc::Read(host_, c, q, r,
                   resource::Listing(store::SkillSpec(), &v1::ListSkillsResponse::mutable_skills));
}
SkillService::Reactor* SkillService::BatchGetSkills(Context* c, const v1::BatchGetSkillsRequest* q,
                                                    v1::BatchGetSkillsResponse* r) {
  return rpc::Read(
      host_, c, q, r,
      resource::BatchGetting(store::SkillSpec(), &v1::BatchGetSkillsResponse::mutable_skills));
}

}  // namespace puente::labor
