#include "modules/labor/offer_terms/resource.h"

namespace puente::labor {

const resource::Resource<v1::OfferTerm>& OfferTerms() {
  static const resource::Resource<v1::OfferTerm> terms({
      .table = "offer_term",
      .lists = {{.by = {"vacancy_source"}, .index = "by_source"}},
  });
  return terms;
}

}  // namespace puente::labor
