// What reservations rest on besides their places.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/journal/write.h"
#include "puente/economy/v1/company.pb.h"
#include "puente/economy/v1/place_reservation.pb.h"

namespace puente::economy::store {

// Has other new reservations of an organization wait until this is stored.
absl::Status GuardReserving(journal::Transaction& tx, const std::string& organization);

// What a new reservation finds, once its organization is guarded.
struct Found {
  v1::CompanyState company = v1::COMPANY_STATE_UNSPECIFIED;  // of the company of the place
  int64_t held = 0;                                          // by the organization
  std::string placed;           // the learner's reservation at these days; "" if there is none
  std::string company_learner;  // what the company knows the learner by; "" for nothing
  int held_most = 0, hold_hours = 0;  // by the place rule of the day
  int64_t free = 0;                   // seats of the place
};
// In one statement: who reserves waits for as few as may be.
absl::StatusOr<Found> ReadFor(sql::Session& session, const v1::PlaceReservation& reservation,
                              absl::CivilDay today);

// When the first that an organization holds is given back.
absl::StatusOr<absl::Time> FirstExpiry(sql::Session& session, const std::string& organization);

// Has a company know a learner by this.
absl::Status Know(journal::Transaction& tx, const v1::PlaceReservation& reservation);

// Has Education be told that a reservation is in the state in which it is stored now.
absl::Status Notice(journal::Transaction& tx, const v1::PlaceReservation& reservation);
// Reservations of which Education is to be told, by id, as many as are told at once.
absl::StatusOr<std::vector<std::string>> ReadNotices(sql::Session& session);
// Education has heard of these. What has come into another state since stays to be told.
absl::Status ForgetNotices(journal::Transaction& tx, const std::vector<v1::PlaceNotice>& told);

// The first and the last day that seats of a place are taken for; nothing if none are.
using Days = std::pair<absl::CivilDay, absl::CivilDay>;
absl::StatusOr<std::optional<Days>> ReservedDays(sql::Session& session, const std::string& place);

}  // namespace puente::economy::store
