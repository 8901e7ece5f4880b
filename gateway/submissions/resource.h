#pragma once

#include "common/resource/spec.h"
#include "puente/gateway/v1/submission.pb.h"

namespace puente::gateway {

// certifiers/{certifier}/submissions/{submission}
const resource::Resource<v1::Submission>& Submissions();

}  // namespace puente::gateway
