// puente.labor.v1.SkillService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeSkills(calls::Host& host);

}  // namespace puente::labor
