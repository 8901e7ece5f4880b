// The science ministry's module: technologies and the skills that they will call for.
#pragma once

#include "common/hosting/module.h"

namespace puente::science {

hosting::ModuleKind Science();

}  // namespace puente::science
