// The science ministry's module: technologies and the skills that they will call for.
#pragma once

#include "common/rpc/module.h"

namespace puente::science {

rpc::ModuleKind Science();

}  // namespace puente::science
