// puente.economy.v1.SkillDemandService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeSkillDemand(calls::Host& host);

}  // namespace puente::economy
