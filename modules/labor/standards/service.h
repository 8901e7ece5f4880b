// puente.labor.v1.StandardsService.
#pragma once

#include "common/rpc/host.h"

namespace puente::labor {

void ServeStandards(rpc::Host& host);

}  // namespace puente::labor
