// puente.education.v1.CampusService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeCampuses(calls::Host& host);

}  // namespace puente::education
