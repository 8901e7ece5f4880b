// Training places as their tests see them: two companies that offer, two schools that reserve.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "puente/economy/v1/place_reservation.grpc.pb.h"
#include "puente/economy/v1/training_place.grpc.pb.h"
#include "tests/economy/work.h"
#include "tests/testing/wait.h"

namespace puente::economy::testing {

using Offers = v1::TrainingPlaceService::Stub;
using Reservations = v1::PlaceReservationService::Stub;

inline absl::CivilDay Today() { return LegalDay(absl::Now()); }
// "year: 2027 month: 3 day: 1" of that many days from today.
inline std::string In(int days) {
  const absl::CivilDay day = Today() + days;
  return Day(static_cast<int>(day.year()), day.month(), day.day());
}

class Places : public Work {
 protected:
  static std::string PlaceName(const std::string& id, const std::string& company = "acme") {
    return absl::StrCat("companies/", company, "/trainingPlaces/", id);
  }
  // Of an id that Education could have made.
  static std::string Learner(const std::string& id, const std::string& school = "utt") {
    return absl::StrCat("organizations/", school, "/learners/",
                        crypto::UuidOf(crypto::TaggedSha256("test", {id})));
  }
  static std::string Named(const std::string& name, const std::string& more = "") {
    return absl::StrCat("name: '", name, "' ", more);
  }

  // Open from today on for `days` more; `more` are fields of the place.
  absl::StatusOr<v1::TrainingPlace> Offer(Party& party, const std::string& id, int seats,
                                          const std::string& company = "acme",
                                          const std::string& more = "", int days = 29) {
    return party.Ask(
        &Offers::CreateTrainingPlace,
        absl::StrCat("parent: 'companies/", company, "' training_place_id: '", id,
                     "' training_place { title_es: 'Soldadura' state_code: '11' start_date {",
                     In(0), "} end_date {", In(days), "} weekly_hours: 40 seat_count: ", seats, " ",
                     party.caller() == kEconomy ? kProvenance : "", more, "}"));
  }
  absl::StatusOr<v1::TrainingPlace> Offer(const std::string& id, int seats,
                                          const std::string& company = "acme") {
    return Offer(company == "acme" ? acme : globex, id, seats, company);
  }
  absl::StatusOr<v1::TrainingPlace> GetPlace(const std::string& name) {
    return economy.Ask(&Offers::GetTrainingPlace, Named(name));
  }
  absl::StatusOr<v1::TrainingPlace> ChangeSeats(Party& party, const std::string& name, int seats) {
    return party.Ask(&Offers::UpdateTrainingPlace,
                     absl::StrCat("training_place { name: '", name, "' seat_count: ", seats,
                                  "} update_mask { paths: 'seat_count' }"));
  }
  // For days from today on, as the act does by which the school places a learner.
  absl::StatusOr<v1::PlaceReservation> Reserve(Party& school, const std::string& place,
                                               const std::string& learner, int first = 0,
                                               int last = 9, const std::string& more = "",
                                               const std::string& id = crypto::Uuid4()) {
    const std::string of(absl::StripPrefix(school.caller(), "organization/"));
    return gateway.Ask(
        &Reservations::ReserveTrainingPlace,
        absl::StrCat("place_reservation_id: '", id, "' place_reservation { training_place: '",
                     place, "' organization: 'organizations/", of, "' learner: '",
                     Learner(learner, of), "' start_date {", In(first), "} end_date {", In(last),
                     "} } ", more),
        school.caller());
  }
  absl::StatusOr<v1::PlaceReservation> GetReservation(const std::string& name) {
    return economy.Ask(&Reservations::GetPlaceReservation, Named(name));
  }
  template <class Request>
  absl::StatusOr<v1::PlaceReservation> Do(Party& party,
                                          grpc::Status (Reservations::*verb)(grpc::ClientContext*,
                                                                             const Request&,
                                                                             v1::PlaceReservation*),
                                          const std::string& name, const std::string& more = "") {
    return party.Ask(verb, Named(name, more));
  }
  absl::StatusOr<v1::PlaceReservation> Confirm(const std::string& name) {
    return Do(acme, &Reservations::ConfirmPlaceReservation, name);
  }
  absl::StatusOr<v1::PlaceReservation> Release(const std::string& name) {
    return Do(utt, &Reservations::ReleasePlaceReservation, name);
  }
  // As if the hold had ended.
  void LetLapse(const std::string& name) {
    Execute(absl::StrCat("UPDATE place_reservation SET expire_time = '2026-01-01' WHERE id = '",
                         IdOf(name), "'"));
  }
  void Wake(const std::string& key) {
    Execute(
        absl::StrCat("UPDATE due SET due_time = UTC_TIMESTAMP(6), claim_time = '2026-01-01'"
                     " WHERE item_key = '",
                     key, "'"));
  }
  static std::string IdOf(const std::string& reservation) {
    return std::string(absl::StripPrefix(reservation, "placeReservations/"));
  }
  // The seats of one place, as this party is told.
  v1::PlaceAvailability Seats(Party& party, const std::string& place) {
    const auto answer =
        party.Ask(&Offers::GetPlaceAvailability, absl::StrCat("names: '", place, "'"));
    EXPECT_OK(answer);
    return answer.ok() && answer->places_size() == 1 ? answer->places(0) : v1::PlaceAvailability();
  }
  // "3: 1 held, 0 confirmed, 2 started"
  std::string Taken(const std::string& place) { return Text(Seats(economy, place)); }
  static std::string Text(const v1::PlaceAvailability& seats) {
    return absl::StrCat(seats.offered(), ": ", Text(seats.taken()));
  }
  static std::string Text(const v1::TakenSeats& taken) {
    return absl::StrCat(taken.held(), " held, ", taken.confirmed(), " confirmed, ", taken.started(),
                        " started");
  }

  Party acme{database, "company/acme"}, globex{database, "company/globex"},
      utt{database, "organization/utt"}, uaq{database, "organization/uaq"},
      gateway{database, "gateway"};
};

}  // namespace puente::economy::testing
