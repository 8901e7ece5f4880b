#include "modules/economy/place_reservations/service.h"

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

absl::Status CheckCap(journal::Transaction& tx, const std::string& organization,
                      const store::Found& found) {
  if (found.held < found.held_most) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::Time first, store::FirstExpiry(tx, organization));
  return Error(error::kReservationsTooMany, "organization"_is(organization),
               "most"_is(found.held_most),
               "free_time"_is(absl::FormatTime(absl::RFC3339_sec, first, absl::UTCTimeZone())));
}

// What rests on the place. Whoever changes it guards it first, and so sees this reservation, or has
// it run again.
absl::StatusOr<v1::TrainingPlace> CheckPlace(const Call& call, journal::Transaction& tx,
                                             const Reservation& reservation) {
  ASSIGN_OR_RETURN(v1::TrainingPlace place,
                   resource::Guard(tx, TrainingPlaces(), reservation.training_place(),
                                   "place_reservation.training_place"));
  RETURN_IF_ERROR(CheckOpen(call, place));
  RETURN_IF_ERROR(InvalidFields(CheckStay(reservation, place, LegalDay(call.start))));
  return place;
}

// What rests on the company, the seats and the organization's other reservations. Learners are one
// organization's own, so that nobody is told of another's reservation.
absl::Status CheckOthers(const Call& call, journal::Transaction& tx, const v1::TrainingPlace& place,
                         Reservation& reservation) {
  RETURN_IF_ERROR(store::GuardReserving(tx, reservation.organization()));
  ASSIGN_OR_RETURN(const store::Found found, store::ReadFor(tx, reservation, LegalDay(call.start)));
  *reservation.mutable_expire_time() = ToProto(call.start + absl::Hours(found.hold_hours));
  if (!absl::c_linear_search(kInRegister, found.company)) {
    RETURN_IF_ERROR(CheckInRegister(call, tx, reservation.company()));
  }
  RETURN_IF_ERROR(CheckCap(tx, reservation.organization(), found));
  if (!found.placed.empty()) {
    return Error(error::kLearnerPlaced, "learner"_is(reservation.learner()),
                 "reservation"_is(found.placed));
  }
  if (found.free <= 0) {
    return Error(error::kPlacesTaken, "name"_is(place.name()), "seat_count"_is(place.seat_count()));
  }
  reservation.set_company_learner(found.company_learner);
  if (!found.company_learner.empty()) return absl::OkStatus();
  reservation.set_company_learner(crypto::Uuid4());
  return store::Know(tx, reservation);
}

absl::Status Reserve(const Call& call, journal::Transaction& tx, Reservation& reservation) {
  RETURN_IF_ERROR(InvalidFields(CheckLearner(reservation)));
  ASSIGN_OR_RETURN(const v1::TrainingPlace place, CheckPlace(call, tx, reservation));
  reservation.set_company(CompanyOfPlace(place.name()));
  RETURN_IF_ERROR(CheckOthers(call, tx, place, reservation));
  TakeSeat(tx, reservation);
  reservation.set_state(v1::PLACE_RESERVATION_STATE_HELD);
  return Expiry().Await(tx, reservation);
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx,
                        absl::Span<Reservation* const> fresh, absl::Span<absl::Status> refusals) {
  for (size_t i = 0; i < fresh.size(); ++i) refusals[i] = Reserve(call, tx, *fresh[i]);
  return absl::OkStatus();
}

absl::Status ConfirmPlaceReservation(const Call& call, journal::Transaction& tx,
                                     const Reservation& before, Reservation& after) {
  RETURN_IF_ERROR(CheckStillHeld(before, call.start));
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

absl::StatusOr<OwnerProof> ReserveTrainingPlace(const Call& call, journal::Transaction& tx,
                                                const v1::ReserveTrainingPlaceRequest& request,
                                                Reservation& reserved,
                                                const resource::RecordWriter& writer) {
  const resource::Ids ids = {request.place_reservation_id()};
  reserved = request.place_reservation();
  reserved.set_name(PlaceReservations().pattern().Format(ids));
  return writer.Create(call, tx, ids, reserved);
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
  service.MutateOwned<&ReserveTrainingPlace>(writer_);
  service.Read<&FindPlaceNotices>();
  service.Read<&ForgetPlaceNotices>(host);
}

}  // namespace puente::economy
