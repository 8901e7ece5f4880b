#include "modules/economy/training_places/availability.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/journal/projection.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "modules/economy/training_places/resource.h"
#include "modules/economy/training_places/rules.h"
#include "modules/economy/training_places/seats.h"

namespace puente::economy {
namespace {

using Answer = v1::GetPlaceAvailabilityResponse;

// What the caller is told of all reservations of a place.
enum class Told { kOffered, kFree, kTaken };

Told ToldOf(const Call& call, const std::string& place) {
  const bool is_own = CompanyOfPlace(place) == absl::StrCat("companies/", call.caller.id()) &&
                      call.caller.kind() == "company";
  if (is_own || resource::IsOfItsAgency(call, TrainingPlaces())) return Told::kTaken;
  return MayBeToldFreeOfAll(call) ? Told::kFree : Told::kOffered;
}

v1::PlaceAvailability Tell(const v1::TrainingPlace& place, const Seats& seats, Told told) {
  v1::PlaceAvailability availability;
  availability.set_training_place(place.name());
  availability.set_state(place.state());
  availability.set_offered(seats.offered);
  if (told != Told::kOffered) availability.set_free(seats.free_count());
  if (told == Told::kTaken) *availability.mutable_taken() = seats.taken;
  return availability;
}

}  // namespace

bool MayBeToldFree(const Call& call, const std::string& place) {
  return ToldOf(call, place) != Told::kOffered;
}

bool MayBeToldFreeOfAll(const Call& call) {
  return call.caller.kind() == "organization" || resource::IsOfItsAgency(call, TrainingPlaces());
}

absl::StatusOr<Answer> GetPlaceAvailability(const Call& call, sql::Session& session,
                                            const v1::GetPlaceAvailabilityRequest& request) {
  const std::vector<std::string> names(request.names().begin(), request.names().end());
  return session.Snapshot<Answer>([&](sql::Session& snapshot) -> absl::StatusOr<Answer> {
    ASSIGN_OR_RETURN(const auto places, resource::BatchGet(snapshot, TrainingPlaces(), names));
    ASSIGN_OR_RETURN(const auto seats, ReadSeats(snapshot, names));
    Answer answer;
    for (const v1::TrainingPlace& place : places) {
      *answer.add_places() = Tell(place, seats.at(place.name()), ToldOf(call, place.name()));
    }
    if (call.caller.kind() == "organization") {
      ASSIGN_OR_RETURN(
          auto own,
          ReadOwnSeats(snapshot, absl::StrCat("organizations/", call.caller.id()), names));
      for (v1::PlaceAvailability& one : *answer.mutable_places()) {
        *one.mutable_own() = own[one.training_place()];
      }
    }
    ASSIGN_OR_RETURN(*answer.mutable_freshness_token(), journal::HeadToken(snapshot, "economy"));
    return answer;
  });
}

}  // namespace puente::economy
