// puente.labor.v1: SkillService, and the releases of the vocabulary with what they hold.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeVocabulary(calls::Host& host);

}  // namespace puente::labor
