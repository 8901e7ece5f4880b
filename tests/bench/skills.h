// Skills to write.
#pragma once

#include "puente/labor/v1/skill.pb.h"

namespace puente::bench {

// Another one each time, with a request id. In write.cc.
labor::v1::CreateSkillRequest NewSkill();

}  // namespace puente::bench
