// puente.economy.v1.CompanyService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeCompanies(calls::Host& host);

}  // namespace puente::economy
