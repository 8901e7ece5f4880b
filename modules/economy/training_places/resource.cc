#include "modules/economy/training_places/resource.h"

#include "modules/economy/consents/store.h"

namespace puente::economy {
namespace {

// A chamber offers for a company by its consents.
absl::StatusOr<bool> ActsFor(const Call& call, sql::Session& session, const std::string& company,
                             const v1::TrainingPlace*) {
  return MayAct(call, session, company, v1::CONSENT_ACT_OFFER_PLACES);
}

std::vector<std::string> Skills(const v1::TrainingPlace& place) {
  return {place.skills().begin(), place.skills().end()};
}

}  // namespace

const resource::Resource<v1::TrainingPlace>& TrainingPlaces() {
  static const resource::Resource<v1::TrainingPlace> training_places({
      .table = "training_place",
      .lists = {{.by = {"state_code", "state"},
                 .order = {"start_date"},
                 .index = "by_state_code",
                 .index_within = "by_state_code_within"},
                {.by = {"occupation_code", "state"},
                 .order = {"start_date"},
                 .index = "by_occupation",
                 .index_within = "by_occupation_within"},
                {.by = {"state", "scian_class*"},
                 .index = "by_sector",
                 .index_within = "by_sector_within"}},
      .elements = {{.by = "skill", .table = "training_place_skill", .of = &Skills}},
      .guarded = true,
      .acts_for = &ActsFor,
      .states = {{.verb = "CreateTrainingPlace"},  // OPEN, or JOINED, see JoinRepeats()
                 {.verb = "UpdateTrainingPlace",
                  .from = {v1::TRAINING_PLACE_STATE_OPEN, v1::TRAINING_PLACE_STATE_PAUSED,
                           v1::TRAINING_PLACE_STATE_JOINED}},
                 {.verb = "PauseTrainingPlace",
                  .from = {v1::TRAINING_PLACE_STATE_OPEN},
                  .to = v1::TRAINING_PLACE_STATE_PAUSED},
                 {.verb = "OpenTrainingPlace",
                  .from = {v1::TRAINING_PLACE_STATE_PAUSED},
                  .to = v1::TRAINING_PLACE_STATE_OPEN},
                 {.verb = "CloseTrainingPlace",
                  .from = {v1::TRAINING_PLACE_STATE_OPEN, v1::TRAINING_PLACE_STATE_PAUSED,
                           v1::TRAINING_PLACE_STATE_JOINED},
                  .to = v1::TRAINING_PLACE_STATE_CLOSED},
                 {.verb = "ConfirmTrainingPlace", .from = {v1::TRAINING_PLACE_STATE_OPEN}},
                 {.verb = "JoinTrainingPlace",
                  .from = {v1::TRAINING_PLACE_STATE_OPEN, v1::TRAINING_PLACE_STATE_PAUSED},
                  .to = v1::TRAINING_PLACE_STATE_JOINED},
                 {.verb = "PartTrainingPlace",
                  .from = {v1::TRAINING_PLACE_STATE_JOINED},
                  .to = v1::TRAINING_PLACE_STATE_OPEN}},
      .over = {v1::TRAINING_PLACE_STATE_CLOSED},
  });
  return training_places;
}

}  // namespace puente::economy
