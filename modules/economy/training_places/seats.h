// What is taken of training places: a row beside each, which every transaction changes that takes a
// seat or frees one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

struct Seats {
  int offered = 0;
  v1::TakenSeats taken;
  int taken_count() const { return taken.held() + taken.confirmed() + taken.started(); }
  int free_count() const { return offered - taken_count(); }
};

// Of new places, what they offer.
absl::Status OfferSeats(journal::Transaction& tx,
                        absl::Span<const v1::TrainingPlace* const> places);
// Changes how many a place offers, whose row is guarded first. SEATS_TAKEN.
absl::Status ChangeSeats(journal::Transaction& tx, const v1::TrainingPlace& after);

// Takes a seat for a reservation that is held. PLACES_TAKEN.
absl::Status TakeSeat(journal::Transaction& tx, const v1::TrainingPlace& place);
// Has the seats of a place say that one of its reservations has come from a state into another.
absl::Status MoveSeat(journal::Transaction& tx, const std::string& place,
                      v1::PlaceReservationState from, v1::PlaceReservationState to);

// Those of places, by name.
absl::StatusOr<std::map<std::string, Seats>> ReadSeats(sql::Session& session,
                                                       absl::Span<const std::string> places);
// What of them an organization has taken.
absl::StatusOr<std::map<std::string, v1::TakenSeats>> ReadOwnSeats(
    sql::Session& session, const std::string& organization, absl::Span<const std::string> places);

}  // namespace puente::economy
