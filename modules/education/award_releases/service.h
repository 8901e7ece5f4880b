// puente.education.v1.AwardReleaseService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeAwardReleases(calls::Host& host);

}  // namespace puente::education
