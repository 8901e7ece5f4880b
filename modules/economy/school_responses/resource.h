#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/school_response.pb.h"

namespace puente::economy {

// schoolCalls/{school_call}/schoolResponses/{school_response}
const resource::Resource<v1::SchoolResponse>& SchoolResponses();

}  // namespace puente::economy
