#include "gateway/placements/follower.h"

#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "gateway/compose/own_call.h"

namespace puente::gateway {
namespace {

using due::Next;
using economy::v1::FindPlaceNoticesRequest;
using economy::v1::FindPlaceNoticesResponse;
using economy::v1::ForgetPlaceNoticesRequest;
using economy::v1::PlaceReservation;
using economy::v1::PlaceReservationService;
using education::v1::PlaceEnrolmentService;
using education::v1::PlaceEnrolmentState;
using education::v1::RecordPlaceStatesRequest;

// The enrolment of a seat has its id, and the states that both have have the same numbers.
std::string EnrolmentOf(const std::string& reservation) {
  return "placeEnrolments/" + reservation.substr(reservation.find('/') + 1);
}
static_assert(static_cast<int>(education::v1::PLACE_ENROLMENT_STATE_HELD) ==
              static_cast<int>(economy::v1::PLACE_RESERVATION_STATE_HELD));
static_assert(static_cast<int>(education::v1::PLACE_ENROLMENT_STATE_CONFIRMED) ==
              static_cast<int>(economy::v1::PLACE_RESERVATION_STATE_CONFIRMED));
static_assert(static_cast<int>(education::v1::PLACE_ENROLMENT_STATE_STARTED) ==
              static_cast<int>(economy::v1::PLACE_RESERVATION_STATE_STARTED));
static_assert(static_cast<int>(education::v1::PLACE_ENROLMENT_STATE_COMPLETED) ==
              static_cast<int>(economy::v1::PLACE_RESERVATION_STATE_COMPLETED));
static_assert(static_cast<int>(education::v1::PLACE_ENROLMENT_STATE_RELEASED) ==
              static_cast<int>(economy::v1::PLACE_RESERVATION_STATE_RELEASED));
static_assert(static_cast<int>(education::v1::PLACE_ENROLMENT_STATE_NO_SHOW) ==
              static_cast<int>(economy::v1::PLACE_RESERVATION_STATE_NO_SHOW));
static_assert(static_cast<int>(education::v1::PLACE_ENROLMENT_STATE_BROKEN_OFF) ==
              static_cast<int>(economy::v1::PLACE_RESERVATION_STATE_BROKEN_OFF));

}  // namespace

PlaceFollower::PlaceFollower(const compose::Channels& channels, absl::Duration pause)
    : pause_(pause),
      seats_(PlaceReservationService::NewStub(channels.at(compose::Agency::kEconomy))),
      enrolments_(PlaceEnrolmentService::NewStub(channels.at(compose::Agency::kEducation))) {}

void PlaceFollower::Handle(due::Scheduler& due) {
  due.HandleStanding("placements.follow",
                     [this](const due::Slice& slice) { return Follow(slice); });
}

// Education first: what is told twice changes nothing, what is forgotten untold would be lost.
absl::StatusOr<Next> PlaceFollower::Follow(const due::Slice& slice) {
  ASSIGN_OR_RETURN(
      const FindPlaceNoticesResponse changed,
      compose::CallOwn(slice.call, *seats_, &PlaceReservationService::Stub::FindPlaceNotices,
                       FindPlaceNoticesRequest()));
  if (changed.place_reservations().empty()) return Next::After(pause_, "");
  RecordPlaceStatesRequest told;
  ForgetPlaceNoticesRequest heard;
  for (const PlaceReservation& reservation : changed.place_reservations()) {
    auto& place = *told.add_places();
    place.set_place_enrolment(EnrolmentOf(reservation.name()));
    place.set_state(static_cast<PlaceEnrolmentState>(reservation.state()));
    *place.mutable_seat_time() = reservation.update_time();
    auto& notice = *heard.add_notices();
    notice.set_place_reservation(reservation.name());
    notice.set_state(reservation.state());
  }
  ASSIGN_OR_RETURN(const auto recorded,
                   compose::CallOwn(slice.call, *enrolments_,
                                    &PlaceEnrolmentService::Stub::RecordPlaceStates, told));
  for (const std::string& name : recorded.unknown()) {
    telemetry::Log(telemetry::Severity::kWarning, "seat_without_enrolment", {{"enrolment", name}});
  }
  RETURN_IF_ERROR(compose::CallOwn(slice.call, *seats_,
                                   &PlaceReservationService::Stub::ForgetPlaceNotices, heard)
                      .status());
  return Next::Now("");
}

}  // namespace puente::gateway
