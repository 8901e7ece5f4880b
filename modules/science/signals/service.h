// puente.science.v1.SkillSignalService.
#pragma once

#include "common/rpc/host.h"

namespace puente::science {

void ServeSkillSignals(rpc::Host& host);

}  // namespace puente::science
