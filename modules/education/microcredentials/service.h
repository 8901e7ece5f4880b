// puente.education.v1.MicrocredentialService.
#pragma once

#include "common/rpc/host.h"

namespace puente::education {

void ServeMicrocredentials(rpc::Host& host);

}  // namespace puente::education
