// How long offers stay open. No SQL, no clock.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/status/violation.h"
#include "puente/labor/v1/offer_term.pb.h"

namespace puente::labor::rules {

// What is wrong with a term beyond what its fields declare. Paths begin with `path`.
std::vector<Violation> CheckOfferTerm(const v1::OfferTerm& term, const std::string& path);

// Whether an offer of a day, whose vacancy is not closed, is open on another.
bool IsOpen(const v1::OfferTerm& term, absl::CivilDay offered, absl::CivilDay on);

// Whether the days of a month must be known to tell which of its offers are open on a day. Of the
// others all are where vacancies are open until closed, and none where they aren't.
bool DependsOnDay(const v1::OfferTerm& term, absl::CivilMonth month, absl::CivilDay on);

}  // namespace puente::labor::rules
