// puente.api.v1.ReferenceService: what an agency's records refer to elsewhere, and what others'
// refer to here.
#pragma once

#include "common/calls/host.h"

namespace puente::agency {

void ServeReferences(calls::Host& host);

}  // namespace puente::agency
