// puente.education.v1.NationalProfileService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeNationalProfiles(calls::Host& host);

}  // namespace puente::education
