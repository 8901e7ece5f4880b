// puente.economy.v1.CompanyService.
#pragma once

#include "common/rpc/host.h"

namespace puente::economy {

void ServeCompanies(rpc::Host& host);

}  // namespace puente::economy
