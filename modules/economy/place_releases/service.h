// puente.economy.v1.PlaceReleaseService: what is released of training places.
#pragma once

#include "common/calls/host.h"
#include "common/releases/serving.h"

namespace puente::economy {

// The releases, as the service names them.
const ::puente::releases::Source& PlaceSource();

void ServePlaceReleases(calls::Host& host);

}  // namespace puente::economy
