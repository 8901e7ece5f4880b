#include "modules/labor/offer_terms/store.h"

#include <utility>
#include <vector>

#include "common/resource/resource.h"
#include "modules/labor/offer_terms/resource.h"

namespace puente::labor::store {

absl::StatusOr<std::map<std::string, v1::OfferTerm>> OfferTermsOn(sql::Session& session,
                                                                  absl::CivilDay day) {
  ASSIGN_OR_RETURN(
      std::vector<v1::OfferTerm> terms,
      resource::Select(session, OfferTerms(), "labor.offer_terms.on",
                       "WHERE effective_date <= ? ORDER BY effective_date, create_time, id",
                       {absl::FormatCivilTime(day)}));
  std::map<std::string, v1::OfferTerm> by_source;
  for (v1::OfferTerm& term : terms) {
    const std::string source = term.vacancy_source();
    by_source[source] = std::move(term);  // the later one takes the earlier one's place
  }
  return by_source;
}

}  // namespace puente::labor::store
