#include "gateway/placements/service.h"

#include <string>
#include <utility>

#include "common/calls/service.h"
#include "common/resource/owner.h"
#include "gateway/acts/resource.h"
#include "gateway/acts/steps.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/education/v1/place_enrolment.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"

namespace puente::gateway {
namespace {

using compose::Agency;
using v1::PlaceLearnerRequest;

// The act has no subject here, and so nothing to do at its end.
constexpr char kPlacement[] = "placement";

// "organizations/x" of "organizations/x/learners/y".
std::string OrganizationOf(const std::string& learner) {
  return learner.substr(0, learner.find("/learners/"));
}

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

// Education's step comes first: whoever sees a seat finds its enrolment, and no company confirms
// one that is then taken back.
absl::StatusOr<OwnerProof> PlaceLearner(const Call& call, journal::Transaction& tx,
                                        const PlaceLearnerRequest& request, v1::Act& begun) {
  v1::Act of_caller;
  of_caller.set_name(request.learner());
  of_caller.set_organization(OrganizationOf(request.learner()));
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, tx, Acts(), of_caller,
                                                          resource::Owned::kNew, "learner"));
  const std::string id = FreshActId();
  ASSIGN_OR_RETURN(begun,
                   BeginAct(call, tx, id, kPlacement, request.learner(),
                            {{Agency::kEducation, Enrol(request, id), UndoEnrolment(request, id)},
                             {Agency::kEconomy, Reserve(request, id), {}}}));
  return proof;
}

}  // namespace

void ServePlacements(calls::Host& host) {
  host.Serve<v1::CouncilService>().MutateOwned<&PlaceLearner>();
}

}  // namespace puente::gateway
