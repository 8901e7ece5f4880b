#include "modules/labor/released_skills/service.h"

#include "common/resource/serve.h"
#include "modules/labor/released_skills/resource.h"
#include "modules/labor/vocabulary_releases/diff.h"
#include "puente/labor/v1/released_skill.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::DiffReleasedSkillsResponse> DiffReleasedSkills(
    const Call& call, sql::Session& session, const v1::DiffReleasedSkillsRequest& request) {
  return DiffReleases<v1::DiffReleasedSkillsResponse>(call, session, request, ReleasedSkills());
}

}  // namespace

void ServeReleasedSkills(calls::Host& host) {
  host.Serve<v1::ReleasedSkillService>().Read<&DiffReleasedSkills>();
  resource::Serve(host, ReleasedSkills());
}

}  // namespace puente::labor
