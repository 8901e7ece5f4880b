#include "gateway/placements/placement.h"

#include "gateway/acts/steps.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/education/v1/place_enrolment.pb.h"

namespace puente::gateway {
namespace {

using compose::Agency;
using v1::PlaceLearnerRequest;

// What of a placement both owners record.
template <class Record>
Record RecordOf(const PlaceLearnerRequest& request) {
  Record record;
  record.set_organization(OrganizationOf(request.learner()));
  record.set_learner(request.learner());
  record.set_training_place(request.training_place());
  *record.mutable_start_date() = request.start_date();
  *record.mutable_end_date() = request.end_date();
  return record;
}

StepCall Enrol(const PlaceLearnerRequest& request, const std::string& id) {
  education::v1::EnrolAtPlaceRequest enrol;
  enrol.set_place_enrolment_id(id);
  *enrol.mutable_place_enrolment() = RecordOf<education::v1::PlaceEnrolment>(request);
  return CallOf(enrol);
}
StepCall UndoEnrolment(const PlaceLearnerRequest& request, const std::string& id) {
  education::v1::RefusePlaceEnrolmentRequest refuse;
  refuse.set_place_enrolment("placeEnrolments/" + id);
  refuse.set_organization(OrganizationOf(request.learner()));
  return CallOf(refuse);
}
StepCall Reserve(const PlaceLearnerRequest& request, const std::string& id) {
  economy::v1::ReserveTrainingPlaceRequest reserve;
  reserve.set_place_reservation_id(id);
  *reserve.mutable_place_reservation() = RecordOf<economy::v1::PlaceReservation>(request);
  return CallOf(reserve);
}

}  // namespace

std::string OrganizationOf(absl::string_view name) {
  return std::string(name.substr(0, name.find('/', name.find('/') + 1)));
}

// Education's step comes first: whoever sees a seat finds its enrolment, and no company confirms
// one that is then taken back.
absl::StatusOr<v1::Act> BeginPlacement(const Call& call, journal::Transaction& tx,
                                       const std::string& id, const PlaceLearnerRequest& request) {
  return BeginAct(call, tx, id, kPlacement, request.learner(),
                  {{Agency::kEducation, Enrol(request, id), UndoEnrolment(request, id)},
                   {Agency::kEconomy, Reserve(request, id), {}}});
}

}  // namespace puente::gateway
