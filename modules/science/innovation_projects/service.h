// puente.science.v1.InnovationProjectService.
#pragma once

#include "common/calls/host.h"

namespace puente::science {

void ServeInnovationProjects(calls::Host& host);

}  // namespace puente::science
