// What reservations rest on besides their places.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/journal/write.h"
#include "puente/economy/v1/place_reservation.pb.h"

namespace puente::economy::store {

// Has other new reservations of an organization wait until this is stored.
absl::Status GuardReserving(journal::Transaction& tx, const std::string& organization);

// What an organization holds, and when the first of that is given back.
struct Held {
  int64_t count = 0;
  absl::Time first_expires;
};
absl::StatusOr<Held> ReadHeld(sql::Session& session, const std::string& organization);

// The reservation that a learner has at days of this one, if any: its name.
absl::StatusOr<std::optional<std::string>> FindPlaced(sql::Session& session,
                                                      const v1::PlaceReservation& reservation);

// What a company knows a learner by, which is made where there is nothing.
absl::StatusOr<std::string> CompanyLearner(journal::Transaction& tx, const std::string& company,
                                           const std::string& learner);

// The first and the last day that seats of a place are taken for; nothing if none are.
using Days = std::pair<absl::CivilDay, absl::CivilDay>;
absl::StatusOr<std::optional<Days>> ReservedDays(sql::Session& session, const std::string& place);

}  // namespace puente::economy::store
