#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/placement_request.pb.h"

namespace puente::education {

// organizations/{organization}/placementRequests/{placement_request}
const resource::Resource<v1::PlacementRequest>& PlacementRequests();

}  // namespace puente::education
