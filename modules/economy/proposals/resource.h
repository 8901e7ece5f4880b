#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/proposal.pb.h"

namespace puente::economy {

// proposals/{proposal}
const resource::Resource<v1::Proposal>& Proposals();

}  // namespace puente::economy
