#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/company.pb.h"

namespace puente::economy {

// companies/{company}
const resource::Resource<v1::Company>& Companies();

}  // namespace puente::economy
