#include "modules/education/place_enrolments/service.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/context/values.h"
#include "common/personal/fields.h"
#include "common/resource/owner.h"
#include "common/resource/serve.h"
#include "modules/education/dual_plans/turns.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/learners/resource.h"
#include "modules/education/organizations/service.h"
#include "modules/education/persons/store.h"
#include "modules/education/place_enrolments/resource.h"
#include "puente/education/v1/place_enrolment.grpc.pb.h"

namespace puente::education {
namespace {

using Enrolment = v1::PlaceEnrolment;

// The learner, whom nobody destroys meanwhile; what figures need of him or her is copied.
absl::Status TakeLearner(const Call& call, journal::Transaction& tx, Enrolment& enrolment) {
  ASSIGN_OR_RETURN(
      const v1::Learner learner,
      resource::GuardFirst(tx, Learners(), enrolment.learner(), "place_enrolment.learner"));
  if (learner.state() != v1::LEARNER_STATE_CURRENT) {
    return resource::StateWrong(Learners(), Learners().state_wrong(), call.verb(), learner,
                                {v1::LEARNER_STATE_CURRENT});
  }
  enrolment.set_sex(learner.sex());
  enrolment.set_birth_years(learner.birth_years());
  enrolment.set_state_code(learner.state_code());
  return absl::OkStatus();
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx, const Enrolment*,
                        Enrolment& enrolment) {
  if (OrganizationOf(enrolment.learner()) != enrolment.organization()) {
    return InvalidFields(
        {Against(rule::kOfAnotherOrganization, "organization"_is(enrolment.organization()))
             .At("place_enrolment.learner")
             .Reading({"place_enrolment.organization"})});
  }
  RETURN_IF_ERROR(
      CheckRegistered(call, tx, enrolment.organization(), "place_enrolment.organization"));
  RETURN_IF_ERROR(TakeLearner(call, tx, enrolment));
  const std::string& place = enrolment.training_place();
  enrolment.set_company(place.substr(0, place.find("/trainingPlaces/")));
  enrolment.set_state(v1::PLACE_ENROLMENT_STATE_HELD);
  return absl::OkStatus();
}

absl::StatusOr<OwnerProof> EnrolAtPlace(const Call& call, journal::Transaction& tx,
                                        const v1::EnrolAtPlaceRequest& request, Enrolment& enrolled,
                                        const resource::RecordWriter& writer) {
  const resource::Ids ids = {request.place_enrolment_id()};
  enrolled = request.place_enrolment();
  enrolled.set_name(PlaceEnrolments().pattern().Format(ids));
  return writer.Create(call, tx, ids, enrolled);
}

// One that has its seat, or had it, stays: only what Economy has refused is undone.
absl::StatusOr<OwnerProof> RefusePlaceEnrolment(const Call& call, journal::Transaction& tx,
                                                const v1::RefusePlaceEnrolmentRequest& request,
                                                v1::RefusePlaceEnrolmentResponse&) {
  const absl::StatusOr<Enrolment> found =
      resource::Get(tx, PlaceEnrolments(), request.place_enrolment(), "place_enrolment");
  if (!found.ok() && !absl::IsNotFound(found.status())) return found.status();
  Enrolment before = found.value_or(Enrolment());
  if (!found.ok()) before.set_organization(request.organization());
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, tx, PlaceEnrolments(), before));
  if (before.state() != v1::PLACE_ENROLMENT_STATE_HELD || before.has_seat_time()) return proof;
  Enrolment after = before;
  after.set_state(v1::PLACE_ENROLMENT_STATE_REFUSED);
  RETURN_IF_ERROR(resource::Replace(call, tx, PlaceEnrolments(), before, after).status());
  RETURN_IF_ERROR(FollowSeats(call, tx, {after}));
  return proof;
}

// Whether what Economy says is news.
bool IsLater(const v1::PlaceState& told, const Enrolment& enrolment) {
  return !enrolment.has_seat_time() ||
         FromProto(enrolment.seat_time()) < FromProto(told.seat_time());
}

absl::StatusOr<v1::RecordPlaceStatesResponse> RecordPlaceStates(
    const Call& call, journal::Transaction& tx, const v1::RecordPlaceStatesRequest& request) {
  std::map<std::string, v1::PlaceState> told;  // in the order of names, as all who write many
  for (const v1::PlaceState& place : request.places()) told[place.place_enrolment()] = place;
  std::vector<std::string> names;
  for (const auto& [name, place] : told) names.push_back(name);
  ASSIGN_OR_RETURN(const auto found, resource::FindMany(tx, PlaceEnrolments(), names));
  v1::RecordPlaceStatesResponse response;
  std::vector<Enrolment> changed;
  for (const auto& [name, place] : told) {
    const auto before = found.find(name);
    if (before == found.end()) {
      response.add_unknown(name);
    } else if (IsLater(place, before->second)) {
      Enrolment after = before->second;
      after.set_state(place.state());
      *after.mutable_seat_time() = place.seat_time();
      RETURN_IF_ERROR(
          resource::Replace(call, tx, PlaceEnrolments(), before->second, after).status());
      changed.push_back(std::move(after));
    }
  }
  RETURN_IF_ERROR(FollowSeats(call, tx, changed));
  return response;
}

// It is the learner's record that is read: its accesses are the learner's.
absl::StatusOr<OwnerProof> GetPlacedLearner(const Call& call, journal::Transaction& tx,
                                            const v1::GetPlacedLearnerRequest& request,
                                            v1::PlacedLearner& opened, calls::Host& host) {
  ASSIGN_OR_RETURN(const Enrolment enrolment, resource::Get(tx, PlaceEnrolments(), request.name()));
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, tx, PlaceEnrolments(), enrolment));
  const std::set<int> open = {v1::PLACE_ENROLMENT_STATE_CONFIRMED,
                              v1::PLACE_ENROLMENT_STATE_STARTED};
  if (!open.contains(enrolment.state())) {
    return resource::StateWrong(PlaceEnrolments(), PlaceEnrolments().state_wrong(), call.verb(),
                                enrolment, {open.begin(), open.end()});
  }
  ASSIGN_OR_RETURN(v1::Learner learner, resource::Get(tx, Learners(), enrolment.learner()));
  ASSIGN_OR_RETURN(const personal::PersonKey key,
                   host.persons()->Get(store::PersonId(learner.person())));
  RETURN_IF_ERROR(personal::OpenFields(*key, learner));
  opened.set_place_enrolment(enrolment.name());
  opened.set_given_names(learner.given_names());
  opened.set_first_surname(learner.first_surname());
  opened.set_second_surname(learner.second_surname());
  tx.Read(learner.name());
  return proof;
}

}  // namespace

ServedPlaceEnrolments::ServedPlaceEnrolments(calls::Host& host)
    : writer_(resource::Serve<Enrolment>(host, PlaceEnrolments(),
                                         {.prepare = &PrepareNew, .creation = "EnrolAtPlace"})) {
  calls::Service& service = host.Serve<v1::PlaceEnrolmentService>();
  service.MutateOwned<&EnrolAtPlace>(writer_);
  service.MutateOwned<&RefusePlaceEnrolment>();
  service.Mutate<&RecordPlaceStates>();
  service.MutateOwned<&GetPlacedLearner>(host);
}

}  // namespace puente::education
