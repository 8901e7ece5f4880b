// The Ministry of Economy's module: sector tables and what companies say they need.
#pragma once

#include "common/hosting/module.h"

namespace puente::economy {

hosting::ModuleKind Economy();

}  // namespace puente::economy
