// puente.labor.v1.ReleasedSkillService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeReleasedSkills(calls::Host& host);

}  // namespace puente::labor
