// puente.labor.v1: SkillService, and the releases of the vocabulary with what they hold.
#pragma once

#include "common/rpc/host.h"

namespace puente::labor {

void ServeVocabulary(rpc::Host& host);

}  // namespace puente::labor
