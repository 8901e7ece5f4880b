// The Ministry of Economy's module: sector tables and what companies say they need.
#pragma once

#include "common/rpc/module.h"

namespace puente::economy {

rpc::ModuleKind Economy();

}  // namespace puente::economy
