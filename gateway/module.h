// The gateway's services, built from channels to the agencies.
#pragma once

#include "common/rpc/module.h"

namespace puente::gateway {

// As main.cc and the embedded host name it. It has no database.
rpc::ModuleKind Gateway();

}  // namespace puente::gateway
