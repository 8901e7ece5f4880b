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

// Both right before COMMIT, after the guard of the place, so that one that many want is locked for
// as long as that takes, and not for all that a reservation rests on. Takes a seat for each new
// reservation. If too few are free by then, the mutation runs again, and finds that.
void TakeSeats(journal::Transaction& tx, absl::Span<v1::PlaceReservation* const> reservations);
// Has the seats of its place say that a reservation has come from a state into the one that it has.
void MoveSeat(journal::Transaction& tx, v1::PlaceReservationState from,
              const v1::PlaceReservation& after);

// Those of places, by name.
absl::StatusOr<std::map<std::string, Seats>> ReadSeats(sql::Session& session,
                                                       absl::Span<const std::string> places);
// What of them an organization has taken.
absl::StatusOr<std::map<std::string, v1::TakenSeats>> ReadOwnSeats(
    sql::Session& session, const std::string& organization, absl::Span<const std::string> places);

}  // namespace puente::economy
