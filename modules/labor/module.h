// The Ministry of Labor's module: skills, vacancies, standards and their statistics.
#pragma once

#include "common/hosting/module.h"

namespace puente::labor {

hosting::ModuleKind Labor();

}  // namespace puente::labor
