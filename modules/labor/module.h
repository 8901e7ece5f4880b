// The Ministry of Labor's module: skills, vacancies, standards and their statistics.
#pragma once

#include "common/rpc/module.h"

namespace puente::labor {

rpc::ModuleKind Labor();

}  // namespace puente::labor
