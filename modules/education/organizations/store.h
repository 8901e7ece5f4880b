// Organizations and campuses as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::education::store {

// organizations/{organization}
const resource::Spec& OrganizationSpec();
// organizations/{organization}/campuses/{campus}
const resource::Spec& CampusSpec();

}  // namespace puente::education::store
