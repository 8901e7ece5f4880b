#include "modules/labor/offer_terms/service.h"

#include "common/resource/serve.h"
#include "modules/labor/offer_terms/resource.h"
#include "modules/labor/offer_terms/rules.h"

namespace puente::labor {

void ServeOfferTerms(calls::Host& host) {
  resource::Serve(host, OfferTerms(), {.check = &rules::CheckOfferTerm});
}

}  // namespace puente::labor
