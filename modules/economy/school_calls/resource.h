#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/school_call.pb.h"

namespace puente::economy {

// schoolCalls/{school_call}
const resource::Resource<v1::SchoolCall>& SchoolCalls();

}  // namespace puente::economy
