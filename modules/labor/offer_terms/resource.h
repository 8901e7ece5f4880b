#pragma once

#include "common/resource/spec.h"
#include "puente/labor/v1/offer_term.pb.h"

namespace puente::labor {

// offerTerms/{offer_term}
const resource::Resource<v1::OfferTerm>& OfferTerms();

}  // namespace puente::labor
