#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeAccesses(calls::Host& host);

}  // namespace puente::education
