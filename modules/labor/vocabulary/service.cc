#include "modules/labor/vocabulary/service.h"

#include "common/resource/resource.h"
#include "common/rpc/handlers.h"
#include "modules/labor/vocabulary/store.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::Skill> Create(const Call& call, journal::Transaction& tx,
                                 const v1::CreateSkillRequest& request) {
  return resource::Create(call, tx, store::SkillSpec(), {request.skill_id()}, request.skill());
}

absl::StatusOr<v1::Skill> Get(const Call& call, sql::Session& session,
                              const v1::GetSkillRequest& request) {
  return resource::Get<v1::Skill>(session, store::SkillSpec(), request.name());
}

absl::StatusOr<v1::ListSkillsResponse> List(const Call& call, sql::Session& session,
                                            const v1::ListSkillsRequest& request) {
  ASSIGN_OR_RETURN(auto page,
                   resource::List<v1::Skill>(call, session, store::SkillSpec(), request));
  return resource::Fill(page, &v1::ListSkillsResponse::mutable_skills);
}

absl::StatusOr<v1::BatchGetSkillsResponse> BatchGet(const Call& call, sql::Session& session,
                                                    const v1::BatchGetSkillsRequest& request) {
  ASSIGN_OR_RETURN(auto rows,
                   resource::BatchGet<v1::Skill>(session, store::SkillSpec(), request.names()));
  return resource::Fill(rows, &v1::BatchGetSkillsResponse::mutable_skills);
}

}  // namespace

SkillService::Reactor* SkillService::CreateSkill(Context* c, const v1::CreateSkillRequest* q,
                                                 v1::Skill* r) {
  return rpc::Mutate(host_, c, q, r, &Create);
}
SkillService::Reactor* SkillService::GetSkill(Context* c, const v1::GetSkillRequest* q,
                                              v1::Skill* r) {
  return rpc::Read(host_, c, q, r, &Get);
}
SkillService::Reactor* SkillService::ListSkills(Context* c, const v1::ListSkillsRequest* q,
                                                v1::ListSkillsResponse* r) {
  return rpc::Read(host_, c, q, r, &List);
}
SkillService::Reactor* SkillService::BatchGetSkills(Context* c, const v1::BatchGetSkillsRequest* q,
                                                    v1::BatchGetSkillsResponse* r) {
  return rpc::Read(host_, c, q, r, &BatchGet);
}

}  // namespace puente::labor
