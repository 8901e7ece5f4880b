#include "modules/labor/skills/service.h"

#include "common/resource/serve.h"
#include "modules/labor/skills/store.h"
#include "puente/labor/v1/skill.grpc.pb.h"

namespace puente::labor {

void ServeSkills(calls::Host& host) {
  resource::Serve(host.Serve<v1::SkillService>(), store::SkillSpec());
}

}  // namespace puente::labor
