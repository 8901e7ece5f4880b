// What reservations rest on.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "puente/economy/v1/company.pb.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy::store {

using Reservations = absl::Span<v1::PlaceReservation* const>;

// Has other new reservations of these organizations wait until these are stored.
absl::Status GuardReserving(journal::Transaction& tx, Reservations reservations);

// What new reservations find, once their organizations are guarded.
struct Found {
  struct Place {
    v1::TrainingPlace place;  // its name, version, state, days and seats alone
    v1::CompanyState company = v1::COMPANY_STATE_UNSPECIFIED;
    int64_t free = 0;
  };
  struct Stay {
    std::string reservation;  // its name
    absl::CivilDay first, last;
  };
  struct Rule {
    int held_most = 0, hold_hours = 0;
  };
  std::map<std::string, Place> places;             // by name; none where there is no such place
  std::map<std::string, int64_t> held;             // by organization; none where it holds nothing
  std::map<std::string, Rule> rules;               // by organization, of the day
  std::map<std::string, std::vector<Stay>> stays;  // that have a seat, by learner
  // What a company knows a learner by, as all his reservations there say; none where there are
  // none.
  std::map<std::pair<std::string, std::string>, std::string> pseudonyms;
};
// In one statement: who reserves waits for as few as may be.
absl::StatusOr<Found> ReadFor(sql::Session& session, Reservations reservations,
                              absl::CivilDay today);

// When the first that an organization holds is given back.
absl::StatusOr<absl::Time> FirstExpiry(sql::Session& session, const std::string& organization);

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
