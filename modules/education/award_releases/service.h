// puente.education.v1.AwardReleaseService.
#pragma once

#include "common/calls/host.h"
#include "common/releases/serving.h"

namespace puente::education {

// The releases, as the service names them.
const releases::Source& AwardSource();

void ServeAwardReleases(calls::Host& host);

}  // namespace puente::education
