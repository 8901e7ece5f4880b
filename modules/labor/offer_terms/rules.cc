#include "modules/labor/offer_terms/rules.h"

#include "absl/strings/str_cat.h"
#include "modules/labor/errors.h"

namespace puente::labor::rules {

std::vector<Violation> CheckOfferTerm(const v1::OfferTerm& term, const std::string& path) {
  const bool counts_days = term.openness() == v1::OFFER_OPENNESS_FOR_DAYS;
  if (counts_days == (term.days() > 0)) return {};
  return {Against(rule::kDaysOfTerm)
              .At(absl::StrCat(path, ".days"))
              .Reading({absl::StrCat(path, ".openness")})};
}

bool IsOpen(const v1::OfferTerm& term, absl::CivilDay offered, absl::CivilDay on) {
  if (offered > on) return false;
  switch (term.openness()) {
    case v1::OFFER_OPENNESS_UNTIL_CLOSED:
      return true;
    case v1::OFFER_OPENNESS_FOR_DAYS:
      return on - offered < term.days();
    default:
      return false;
  }
}

bool DependsOnDay(const v1::OfferTerm& term, absl::CivilMonth month, absl::CivilDay on) {
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  switch (term.openness()) {
    case v1::OFFER_OPENNESS_UNTIL_CLOSED:
      return last > on;
    case v1::OFFER_OPENNESS_FOR_DAYS:
      return absl::CivilDay(month) <= on && on - last < term.days();
    default:
      return false;
  }
}

}  // namespace puente::labor::rules
