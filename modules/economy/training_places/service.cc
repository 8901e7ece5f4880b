#include "modules/economy/training_places/service.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "common/resource/turn.h"
#include "modules/economy/companies/service.h"
#include "modules/economy/errors.h"
#include "modules/economy/place_reservations/store.h"
#include "modules/economy/training_places/availability.h"
#include "modules/economy/training_places/repeats.h"
#include "modules/economy/training_places/resource.h"
#include "modules/economy/training_places/rules.h"
#include "modules/economy/training_places/search.h"
#include "modules/economy/training_places/seats.h"
#include "puente/economy/v1/training_place.grpc.pb.h"

namespace puente::economy {
namespace {

using Companies = std::map<std::string, absl::StatusOr<v1::Company>>;

const resource::Turn<v1::TrainingPlace>& Turns() {
  static const auto* const turns = new resource::Turn<v1::TrainingPlace>{
      "training_places.turn", TrainingPlaces(), &TurnsAt,
      [](const Call& call, v1::TrainingPlace& place) { Settle(call.start, place); },
      [](const Call&, journal::Transaction& tx, const v1::TrainingPlace& after) -> absl::Status {
        RETURN_IF_ERROR(ChangeInSearch(tx, after));
        return ChangeRepeats(tx, after);
      }};
  return *turns;
}

// The company of a place, once each, which must be in the register for as long as this is written.
absl::StatusOr<v1::Company> Offering(const Call& call, journal::Transaction& tx,
                                     const std::string& place, Companies& companies) {
  const std::string name = CompanyOfPlace(place);
  const auto found = companies.find(name);
  if (found != companies.end()) return found->second;
  return companies.emplace(name, GuardInRegister(call, tx, name, "parent")).first->second;
}

absl::Status Begin(const Call& call, journal::Transaction& tx, Companies& companies,
                   v1::TrainingPlace& place) {
  const absl::CivilDay today = LegalDay(call.start);
  RETURN_IF_ERROR(InvalidFields(CheckLastDay(place, today)));
  ASSIGN_OR_RETURN(const v1::Company company, Offering(call, tx, place.name(), companies));
  place.set_scian_class(company.scian_class());
  if (call.caller.kind() == "chamber") {
    place.set_chamber(absl::StrCat("chambers/", call.caller.id()));
  }
  place.set_state(v1::TRAINING_PLACE_STATE_OPEN);
  Renew(today, place);
  return absl::OkStatus();
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx,
                        absl::Span<v1::TrainingPlace* const> fresh,
                        absl::Span<absl::Status> refusals) {
  Companies companies;
  std::vector<v1::TrainingPlace*> to_join;
  for (size_t i = 0; i < fresh.size(); ++i) {
    refusals[i] = Begin(call, tx, companies, *fresh[i]);
    if (refusals[i].ok()) to_join.push_back(fresh[i]);
  }
  RETURN_IF_ERROR(JoinRepeats(tx, to_join));
  const std::vector<const v1::TrainingPlace*> begun(to_join.begin(), to_join.end());
  RETURN_IF_ERROR(OfferSeats(tx, begun));
  RETURN_IF_ERROR(AddToSearch(tx, begun));
  return Turns().AwaitNew(tx, begun);
}

// Has it turn by itself when it is to, and be found as it is now.
absl::Status Follow(journal::Transaction& tx, const v1::TrainingPlace& after) {
  RETURN_IF_ERROR(ChangeInSearch(tx, after));
  RETURN_IF_ERROR(ChangeRepeats(tx, after));
  return Turns().Await(tx, after);
}

bool KeepsDays(const v1::TrainingPlace& before, const v1::TrainingPlace& after) {
  return ToCivilDay(after.start_date()) <= ToCivilDay(before.start_date()) &&
         ToCivilDay(before.end_date()) <= ToCivilDay(after.end_date());
}

// What is reserved stays as it is. Whoever reserves waits, and finds the place changed.
absl::Status KeepReserved(journal::Transaction& tx, const v1::TrainingPlace& before,
                          const v1::TrainingPlace& after) {
  if (after.seat_count() == before.seat_count() && KeepsDays(before, after)) {
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(
      resource::GuardFirst(tx, TrainingPlaces(), after.name(), "training_place.name").status());
  RETURN_IF_ERROR(ChangeSeats(tx, after));
  if (KeepsDays(before, after)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto days, store::ReservedDays(tx, after.name()));
  if (!days || (ToCivilDay(after.start_date()) <= days->first &&
                days->second <= ToCivilDay(after.end_date()))) {
    return absl::OkStatus();
  }
  return InvalidFields({Against(rule::kDaysReserved, "first"_is(absl::FormatCivilTime(days->first)),
                                "last"_is(absl::FormatCivilTime(days->second)))
                            .At("training_place.end_date")
                            .Reading({"training_place.start_date"})});
}

absl::Status CheckNothingReserved(journal::Transaction& tx, const std::string& place) {
  ASSIGN_OR_RETURN(const auto days, store::ReservedDays(tx, place));
  if (!days) return absl::OkStatus();
  return InvalidFields(
      {Against(rule::kStillReserved, "first"_is(absl::FormatCivilTime(days->first)),
               "last"_is(absl::FormatCivilTime(days->second)))
           .At("name")});
}

absl::Status PrepareChanged(const Call& call, journal::Transaction& tx,
                            const v1::TrainingPlace* before, v1::TrainingPlace& after) {
  const absl::CivilDay today = LegalDay(call.start);
  RETURN_IF_ERROR(InvalidFields(CheckLastDay(after, today)));
  RETURN_IF_ERROR(KeepReserved(tx, *before, after));
  Companies companies;
  ASSIGN_OR_RETURN(const v1::Company company, Offering(call, tx, after.name(), companies));
  after.set_scian_class(company.scian_class());
  Renew(today, after);
  return Follow(tx, after);
}

absl::Status PauseTrainingPlace(const Call& call, journal::Transaction& tx,
                                const v1::TrainingPlace&, v1::TrainingPlace& after) {
  Settle(call.start, after);
  return Follow(tx, after);
}

absl::Status OpenTrainingPlace(const Call& call, journal::Transaction& tx, const v1::TrainingPlace&,
                               v1::TrainingPlace& after) {
  Companies companies;
  RETURN_IF_ERROR(Offering(call, tx, after.name(), companies).status());
  Renew(LegalDay(call.start), after);
  Settle(call.start, after);
  return Follow(tx, after);
}

absl::Status CloseTrainingPlace(const Call&, journal::Transaction& tx, const v1::TrainingPlace&,
                                v1::TrainingPlace& after) {
  RETURN_IF_ERROR(InvalidFields(CheckClosing(after)));
  return Follow(tx, after);
}

absl::Status ConfirmTrainingPlace(const Call& call, journal::Transaction& tx,
                                  const v1::TrainingPlace&, v1::TrainingPlace& after) {
  Renew(LegalDay(call.start), after);
  Settle(call.start, after);
  return Follow(tx, after);
}

// What is reserved of it would be lost: whoever reserves waits, and finds it joined.
absl::Status JoinTrainingPlace(const Call&, journal::Transaction& tx, const v1::TrainingPlace&,
                               v1::TrainingPlace& after) {
  ASSIGN_OR_RETURN(const v1::TrainingPlace lead,
                   resource::Guard(tx, TrainingPlaces(), after.joined_into(), "joined_into"));
  RETURN_IF_ERROR(InvalidFields(CheckJoining(after, lead)));
  RETURN_IF_ERROR(resource::GuardFirst(tx, TrainingPlaces(), after.name(), "name").status());
  RETURN_IF_ERROR(CheckNothingReserved(tx, after.name()));
  return Follow(tx, after);
}

// By itself it is open, whatever it repeats.
absl::Status PartTrainingPlace(const Call& call, journal::Transaction& tx, const v1::TrainingPlace&,
                               v1::TrainingPlace& after) {
  Companies companies;
  RETURN_IF_ERROR(Offering(call, tx, after.name(), companies).status());
  after.clear_joined_into();
  Renew(LegalDay(call.start), after);
  Settle(call.start, after);
  return Follow(tx, after);
}

}  // namespace

resource::RecordWriter ServeTrainingPlaces(calls::Host& host, due::Scheduler& due) {
  due.Handle(Turns().kind, Turns().Work());
  calls::Service& service = host.Serve<v1::TrainingPlaceService>();
  service.Read<&GetPlaceAvailability>();
  service.Read<&FindPlaces>();
  service.Read<&ExplainPlace>();
  return resource::Serve(
      host, TrainingPlaces(),
      {.prepare = &PrepareChanged,
       .prepare_many = &PrepareNew,
       .verbs = {{.verb = "PauseTrainingPlace", .prepare = &PauseTrainingPlace},
                 {.verb = "OpenTrainingPlace", .prepare = &OpenTrainingPlace},
                 {.verb = "CloseTrainingPlace", .prepare = &CloseTrainingPlace},
                 {.verb = "ConfirmTrainingPlace", .prepare = &ConfirmTrainingPlace},
                 {.verb = "JoinTrainingPlace", .prepare = &JoinTrainingPlace},
                 {.verb = "PartTrainingPlace", .prepare = &PartTrainingPlace}}});
}

}  // namespace puente::economy
