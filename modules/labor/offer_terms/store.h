// Which offer terms hold.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/sql/session.h"
#include "puente/labor/v1/offer_term.pb.h"

namespace puente::labor::store {

// The terms that hold on a day, by the source that they are about.
absl::StatusOr<std::map<std::string, v1::OfferTerm>> OfferTermsOn(sql::Session& session,
                                                                  absl::CivilDay day);

}  // namespace puente::labor::store
