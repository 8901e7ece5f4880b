// puente.economy.v1.CompanyService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::economy {

resource::RecordWriter ServeCompanies(calls::Host& host);

}  // namespace puente::economy
