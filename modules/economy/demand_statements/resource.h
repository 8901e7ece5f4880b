#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/demand.pb.h"

namespace puente::economy {

// companies/{company}/demandStatements/{demand_statement}
const resource::Resource<v1::DemandStatement>& DemandStatements();

}  // namespace puente::economy
