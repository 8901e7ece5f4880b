// The education ministry's module: definitions of microcredentials.
#pragma once

#include "common/hosting/module.h"

namespace puente::education {

hosting::ModuleKind Education();

}  // namespace puente::education
