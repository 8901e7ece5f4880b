// The gateway's services, built from channels to the agencies.
#pragma once

#include "common/hosting/module.h"

namespace puente::gateway {

// As main.cc and the embedded host name it.
hosting::ModuleKind Gateway();

}  // namespace puente::gateway
