#include "modules/labor/released_skills/service.h"

#include "common/resource/serve.h"
#include "modules/labor/released_skills/store.h"
#include "modules/labor/vocabulary_releases/diff.h"
#include "puente/labor/v1/released_skill.grpc.pb.h"

namespace puente::labor {

void ServeReleasedSkills(calls::Host& host) {
  calls::Service& service = host.Serve<v1::ReleasedSkillService>();
  service.Read(
      [](const Call& call, sql::Session& session, const v1::DiffReleasedSkillsRequest& request) {
        return DiffReleases<v1::DiffReleasedSkillsResponse>(call, session, request,
                                                            store::ReleasedSkillSpec());
      });
  resource::Serve(service, store::ReleasedSkillSpec());
}

}  // namespace puente::labor
