// puente.education.v1.RvoeService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeRvoes(calls::Host& host);

}  // namespace puente::education
