// puente.labor.v1.OfferTermService.
#pragma once

#include "common/calls/host.h"

namespace puente::labor {

void ServeOfferTerms(calls::Host& host);

}  // namespace puente::labor
