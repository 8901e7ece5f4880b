// puente.science.v1.InnovationProjectService.
#pragma once

#include "common/rpc/host.h"

namespace puente::science {

void ServeInnovationProjects(rpc::Host& host);

}  // namespace puente::science
