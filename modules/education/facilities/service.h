// puente.education.v1.FacilityService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeFacilities(calls::Host& host);

}  // namespace puente::education
