#include "modules/economy/place_reservations/resource.h"

namespace puente::economy {
namespace {

// A company knows learners by its own pseudonyms, so that two of them find nothing in common.
absl::Status LeaveOutLearner(const Call& call, sql::Session&, const v1::PlaceReservation*,
                             absl::Span<resource::Message* const> reservations) {
  if (call.caller.kind() != "company") return absl::OkStatus();
  for (resource::Message* reservation : reservations) {
    static_cast<v1::PlaceReservation&>(*reservation).clear_learner();
  }
  return absl::OkStatus();
}

}  // namespace

const resource::Resource<v1::PlaceReservation>& PlaceReservations() {
  // It begins with ReserveTrainingPlace, HELD.
  static const resource::Resource<v1::PlaceReservation> place_reservations({
      .table = "place_reservation",
      .lists = {{.by = {"organization"}, .order = {"start_date"}, .index = "by_organization"},
                {.by = {"organization", "state"},
                 .order = {"start_date"},
                 .index = "by_organization_state"},
                {.by = {"organization", "learner"}, .order = {"start_date"}, .index = "by_learner"},
                {.by = {"company"}, .order = {"start_date"}, .index = "by_company"},
                {.by = {"company", "state"}, .order = {"start_date"}, .index = "by_company_state"},
                {.by = {"company", "training_place"},
                 .order = {"start_date"},
                 .index = "by_place"}},
      .hides = true,
      .leave_out = &LeaveOutLearner,
      .states = {{.verb = "ConfirmPlaceReservation",
                  .from = {v1::PLACE_RESERVATION_STATE_HELD},
                  .to = v1::PLACE_RESERVATION_STATE_CONFIRMED},
                 {.verb = "StartPlaceReservation",
                  .from = {v1::PLACE_RESERVATION_STATE_CONFIRMED},
                  .to = v1::PLACE_RESERVATION_STATE_STARTED},
                 {.verb = "CompletePlaceReservation",
                  .from = {v1::PLACE_RESERVATION_STATE_STARTED},
                  .to = v1::PLACE_RESERVATION_STATE_COMPLETED},
                 {.verb = "ReleasePlaceReservation",
                  .from = {v1::PLACE_RESERVATION_STATE_HELD, v1::PLACE_RESERVATION_STATE_CONFIRMED},
                  .to = v1::PLACE_RESERVATION_STATE_RELEASED},
                 {.verb = "NoShowPlaceReservation",
                  .from = {v1::PLACE_RESERVATION_STATE_CONFIRMED},
                  .to = v1::PLACE_RESERVATION_STATE_NO_SHOW},
                 {.verb = "BreakOffPlaceReservation",
                  .from = {v1::PLACE_RESERVATION_STATE_CONFIRMED,
                           v1::PLACE_RESERVATION_STATE_STARTED},
                  .to = v1::PLACE_RESERVATION_STATE_BROKEN_OFF}},
      .over = {v1::PLACE_RESERVATION_STATE_COMPLETED, v1::PLACE_RESERVATION_STATE_RELEASED,
               v1::PLACE_RESERVATION_STATE_NO_SHOW, v1::PLACE_RESERVATION_STATE_BROKEN_OFF},
  });
  return place_reservations;
}

}  // namespace puente::economy
