// puente.science.v1.SkillSignalService.
#pragma once

#include "common/calls/host.h"

namespace puente::science {

void ServeSkillSignals(calls::Host& host);

}  // namespace puente::science
