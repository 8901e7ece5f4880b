// puente.economy.v1.PlaceReleaseService: what is released of training places.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServePlaceReleases(calls::Host& host);

}  // namespace puente::economy
