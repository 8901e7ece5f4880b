#include "modules/economy/place_reservations/service.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/economy/companies/rules.h"
#include "modules/economy/companies/service.h"
#include "modules/economy/errors.h"
#include "modules/economy/place_reservations/resource.h"
#include "modules/economy/place_reservations/rules.h"
#include "modules/economy/place_reservations/store.h"
#include "modules/economy/place_rules/service.h"
#include "modules/economy/training_places/resource.h"
#include "modules/economy/training_places/rules.h"
#include "modules/economy/training_places/seats.h"
#include "puente/economy/v1/place_reservation.grpc.pb.h"

namespace puente::economy {
namespace {

using Reservation = v1::PlaceReservation;

// Has the seats of the place say that the reservation was in this state and has come into another,
// of which Education is told.
absl::Status Move(journal::Transaction& tx, v1::PlaceReservationState from,
                  const Reservation& after) {
  MoveSeat(tx, from, after);
  return store::Notice(tx, after);
}

const resource::Turn<Reservation>& Expiry() {
  static const auto* const expiry = new resource::Turn<Reservation>{
      "place_reservations.expire", PlaceReservations(), &ExpiresAt,
      [](const Call& call, Reservation& reservation) { Expire(call.start, reservation); },
      [](const Call&, journal::Transaction& tx, const Reservation& after) {
        return Move(tx, v1::PLACE_RESERVATION_STATE_HELD, after);
      }};
  return *expiry;
}

absl::Status CheckOpen(const Call& call, const v1::TrainingPlace& place) {
  if (place.state() == v1::TRAINING_PLACE_STATE_OPEN) return absl::OkStatus();
  return resource::StateWrong(TrainingPlaces(), TrainingPlaces().state_wrong(), call.verb(), place,
                              {v1::TRAINING_PLACE_STATE_OPEN});
}

// Has whoever changes one of these places wait, and see these reservations, or have them run again.
void GuardPlaces(journal::Transaction& tx, const store::Found& found) {
  for (const auto& [name, place] : found.places) {
    resource::internal::GuardAsRead(tx, TrainingPlaces(), place.place);
  }
}

absl::Status CheckCap(journal::Transaction& tx, const std::string& organization, int64_t held,
                      int most) {
  if (held < most) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::Time first, store::FirstExpiry(tx, organization));
  return Error(error::kReservationsTooMany, "organization"_is(organization), "most"_is(most),
               "free_time"_is(absl::FormatTime(absl::RFC3339_sec, first, absl::UTCTimeZone())));
}

// The learner's reservation at one of these days; "" if there is none.
std::string PlacedThen(const store::Found& found, const Reservation& reservation) {
  const auto stays = found.stays.find(reservation.learner());
  if (stays == found.stays.end()) return "";
  const absl::CivilDay first = ToCivilDay(reservation.start_date()),
                       last = ToCivilDay(reservation.end_date());
  for (const store::Found::Stay& stay : stays->second) {
    if (stay.first <= last && first <= stay.last) return stay.reservation;
  }
  return "";
}

// What rests on the place, the company and the organization's other reservations, and is so for the
// next one when this has been taken. Learners are one organization's own, so that nobody is told of
// another's reservation.
absl::Status Take(const Call& call, journal::Transaction& tx, store::Found& found,
                  Reservation& reservation) {
  const std::string& name = reservation.training_place();
  const auto place = found.places.find(name);
  if (place == found.places.end()) {
    return TrainingPlaces().NotFound(name, "place_reservation.training_place");
  }
  const v1::TrainingPlace& offer = place->second.place;
  RETURN_IF_ERROR(CheckOpen(call, offer));
  RETURN_IF_ERROR(InvalidFields(CheckStay(reservation, offer, LegalDay(call.start))));
  if (!absl::c_linear_search(kInRegister, place->second.company)) {
    RETURN_IF_ERROR(CheckInRegister(call, tx, reservation.company()));
  }
  const auto& rule = found.rules[reservation.organization()];
  int64_t& held = found.held[reservation.organization()];
  RETURN_IF_ERROR(CheckCap(tx, reservation.organization(), held, rule.held_most));
  if (const std::string placed = PlacedThen(found, reservation); !placed.empty()) {
    return Error(error::kLearnerPlaced, "learner"_is(reservation.learner()),
                 "reservation"_is(placed));
  }
  if (place->second.free <= 0) {
    return Error(error::kPlacesTaken, "name"_is(name), "seat_count"_is(offer.seat_count()));
  }
  const absl::Time over = StartOf(ToCivilDay(reservation.end_date()) + 1);
  *reservation.mutable_expire_time() =
      ToProto(std::min(call.start + absl::Hours(rule.hold_hours), over));
  reservation.set_state(v1::PLACE_RESERVATION_STATE_HELD);
  std::string& pseudonym = found.pseudonyms[{reservation.company(), reservation.learner()}];
  if (pseudonym.empty()) pseudonym = crypto::Uuid4();
  reservation.set_company_learner(pseudonym);
  ++held;
  --place->second.free;
  found.stays[reservation.learner()].push_back({reservation.name(),
                                                ToCivilDay(reservation.start_date()),
                                                ToCivilDay(reservation.end_date())});
  return absl::OkStatus();
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx,
                        absl::Span<Reservation* const> fresh, absl::Span<absl::Status> refusals) {
  std::vector<Reservation*> sound;
  std::vector<absl::Status*> outcomes;
  for (size_t i = 0; i < fresh.size(); ++i) {
    refusals[i] = InvalidFields(CheckLearner(*fresh[i]));
    if (!refusals[i].ok()) continue;
    fresh[i]->set_company(CompanyOfPlace(fresh[i]->training_place()));
    sound.push_back(fresh[i]);
    outcomes.push_back(&refusals[i]);
  }
  if (sound.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(store::GuardReserving(tx, sound));
  ASSIGN_OR_RETURN(store::Found found, store::ReadFor(tx, sound, LegalDay(call.start)));
  GuardPlaces(tx, found);
  std::vector<Reservation*> taken;
  for (size_t i = 0; i < sound.size(); ++i) {
    *outcomes[i] = Take(call, tx, found, *sound[i]);
    if (outcomes[i]->ok()) taken.push_back(sound[i]);
  }
  TakeSeats(tx, taken);
  return Expiry().AwaitNew(tx, std::vector<const Reservation*>(taken.begin(), taken.end()));
}

absl::Status ConfirmPlaceReservation(const Call& call, journal::Transaction& tx,
                                     const Reservation& before, Reservation& after) {
  RETURN_IF_ERROR(CheckStillHeld(before, call.start));
  RETURN_IF_ERROR(CheckNotOver(before, LegalDay(call.start)));
  RETURN_IF_ERROR(Expiry().Await(tx, after));
  return Move(tx, before.state(), after);
}

absl::Status StartPlaceReservation(const Call& call, journal::Transaction& tx,
                                   const Reservation& before, Reservation& after) {
  RETURN_IF_ERROR(CheckHasBegun(before, LegalDay(call.start)));
  RETURN_IF_ERROR(CheckNotOver(before, LegalDay(call.start)));
  return Move(tx, before.state(), after);
}

absl::Status CompletePlaceReservation(const Call&, journal::Transaction& tx,
                                      const Reservation& before, Reservation& after) {
  return Move(tx, before.state(), after);
}

absl::Status ReleasePlaceReservation(const Call&, journal::Transaction& tx,
                                     const Reservation& before, Reservation& after) {
  after.set_release_cause(v1::RELEASE_CAUSE_BY_ORGANIZATION);
  RETURN_IF_ERROR(Expiry().Await(tx, after));
  return Move(tx, before.state(), after);
}

absl::Status NoShowPlaceReservation(const Call& call, journal::Transaction& tx,
                                    const Reservation& before, Reservation& after) {
  RETURN_IF_ERROR(CheckHasBegun(before, LegalDay(call.start)));
  return Move(tx, before.state(), after);
}

absl::Status BreakOffPlaceReservation(const Call& call, journal::Transaction& tx,
                                      const Reservation& before, Reservation& after) {
  after.set_break_off_party(call.caller.kind() == "company" ? v1::PLACE_PARTY_COMPANY
                                                            : v1::PLACE_PARTY_ORGANIZATION);
  const absl::CivilDay today = LegalDay(call.start);
  ASSIGN_OR_RETURN(const v1::PlaceRule rule, PlaceRuleOf(tx, after.organization(), today));
  *after.mutable_follow_due_date() = ToProto(FollowDueDay(rule, after.follow_up(), today));
  return Move(tx, before.state(), after);
}

resource::Ids Begin(const v1::ReserveTrainingPlaceRequest& request, Reservation& reserved) {
  resource::Ids ids = {request.place_reservation_id()};
  reserved = request.place_reservation();
  reserved.set_name(PlaceReservations().pattern().Format(ids));
  return ids;
}

absl::StatusOr<OwnerProof> ReserveTrainingPlace(const Call& call, journal::Transaction& tx,
                                                const v1::ReserveTrainingPlaceRequest& request,
                                                Reservation& reserved,
                                                const resource::RecordWriter& writer) {
  return writer.Create(call, tx, Begin(request, reserved), reserved);
}

std::string WantedPlace(const v1::ReserveTrainingPlaceRequest& request) {
  return request.place_reservation().training_place();
}

// Of one place that many want at once.
absl::Status ReserveTogether(journal::Transaction& tx, absl::Span<calls::Asked> asked,
                             const resource::RecordWriter& writer) {
  std::vector<resource::Ids> ids;
  for (const calls::Asked& one : asked) {
    ids.push_back(Begin(static_cast<const v1::ReserveTrainingPlaceRequest&>(one.request),
                        static_cast<Reservation&>(one.answer)));
  }
  return writer.CreateTogether(tx, ids, asked);
}

absl::StatusOr<v1::FindPlaceNoticesResponse> FindPlaceNotices(const Call&, sql::Session& session,
                                                              const v1::FindPlaceNoticesRequest&) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, store::ReadNotices(session));
  ASSIGN_OR_RETURN(auto reservations, resource::FindMany(session, PlaceReservations(), names));
  v1::FindPlaceNoticesResponse response;
  for (auto& [name, reservation] : reservations) {
    *response.add_place_reservations() = std::move(reservation);
  }
  return response;
}

// A read by its kind of method: it changes no resource, has no entry, and may be repeated.
absl::StatusOr<v1::ForgetPlaceNoticesResponse> ForgetPlaceNotices(
    const Call& call, sql::Session& session, const v1::ForgetPlaceNoticesRequest& request,
    calls::Host& host) {
  RETURN_IF_ERROR(journal::KeepBooks(host.journal(), session, call, [&](journal::Transaction& tx) {
    return store::ForgetNotices(tx, {request.notices().begin(), request.notices().end()});
  }));
  return v1::ForgetPlaceNoticesResponse();
}

resource::RecordWriter Serve(calls::Host& host) {
  return resource::Serve<Reservation>(
      host, PlaceReservations(),
      {.prepare_many = &PrepareNew,
       .verbs = {{.verb = "ConfirmPlaceReservation", .prepare = &ConfirmPlaceReservation},
                 {.verb = "StartPlaceReservation", .prepare = &StartPlaceReservation},
                 {.verb = "CompletePlaceReservation", .prepare = &CompletePlaceReservation},
                 {.verb = "ReleasePlaceReservation", .prepare = &ReleasePlaceReservation},
                 {.verb = "NoShowPlaceReservation", .prepare = &NoShowPlaceReservation},
                 {.verb = "BreakOffPlaceReservation", .prepare = &BreakOffPlaceReservation}},
       .creation = "ReserveTrainingPlace"});
}

}  // namespace

ServedPlaceReservations::ServedPlaceReservations(calls::Host& host, due::Scheduler& due)
    : writer_(Serve(host)) {
  due.Handle(Expiry().kind, Expiry().Work());
  calls::Service& service = host.Serve<v1::PlaceReservationService>();
  service.MutateOwnedTogether<&ReserveTrainingPlace, &ReserveTogether, &WantedPlace>(writer_);
  service.Read<&FindPlaceNotices>();
  service.Read<&ForgetPlaceNotices>(host);
}

}  // namespace puente::economy
