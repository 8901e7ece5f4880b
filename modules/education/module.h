// The education ministry's module: definitions of microcredentials.
#pragma once

#include "common/rpc/module.h"

namespace puente::education {

rpc::ModuleKind Education();

}  // namespace puente::education
