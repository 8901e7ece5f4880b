#include "cli/placement_tables.h"

#include <gmock/gmock.h>

#include "absl/strings/str_split.h"
#include "cli/width.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// But for names, which people copy.
void ExpectFits(const std::string& text) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.find("organizations/") != line.npos) continue;
    EXPECT_LE(DisplayWidth(line), 80) << line;
  }
}

education::v1::ListPlacementRequestsResponse Requests() {
  return Of<education::v1::ListPlacementRequestsResponse>(R"pb(
    placement_requests {
      name: "organizations/conalep/placementRequests/one"
      state: PLACEMENT_REQUEST_STATE_REFUSED
      learner: "organizations/conalep/learners/00000000-0000-4000-8000-000000000001"
      training_place: "companies/acme/trainingPlaces/tig"
      start_date { year: 2027 month: 1 day: 31 }
      end_date { year: 2027 month: 12 day: 31 }
      refusal: "PLACES_TAKEN"
      refusal_es: "companies/acme/trainingPlaces/tig no tiene lugares libres; elija otra plaza, o pida más tarde los que se devuelvan."
      refusal_en: "companies/acme/trainingPlaces/tig has no free seats; choose another place, or ask later for those that are given back."
    }
    placement_requests {
      name: "organizations/conalep/placementRequests/two"
      state: PLACEMENT_REQUEST_STATE_UNDER_WAY
      learner: "organizations/conalep/learners/00000000-0000-4000-8000-000000000002"
      training_place: "companies/acme/trainingPlaces/plc"
      start_date { year: 2027 month: 1 day: 31 }
      end_date { year: 2027 month: 12 day: 31 }
    }
  )pb");
}

TEST(PlacementTables, SayWhyALearnerWasNotPlaced) {
  const auto requests = Requests();
  const std::string spanish =
      TableOfRequests(Language::kSpanish, requests.placement_requests()).Text(0, true);
  ExpectFits(spanish);
  EXPECT_THAT(spanish, AllOf(HasSubstr("rechazada"), HasSubstr("no tiene lugares libres"),
                             HasSubstr("[PLACES_TAKEN]"), HasSubstr("en curso"),
                             HasSubstr("00000000-0000-4000-8000-000000000001"),
                             HasSubstr("companies/acme/trainingPlaces/plc")));
  const std::string english =
      TableOfRequests(Language::kEnglish, requests.placement_requests()).Text(0, true);
  ExpectFits(english);
  EXPECT_THAT(english, AllOf(HasSubstr("refused"), HasSubstr("has no free seats"),
                             HasSubstr("under way"), Not(HasSubstr("lugares"))));
}

TEST(PlacementTables, SayOfEachRowOfAFileWhatBecameOfIt) {
  const auto rows = Of<api::v1::ListLoadRowsResponse>(R"pb(
    rows {
      row: 123456
      name: "organizations/conalep/placementRequests/one"
      outcome: LOAD_OUTCOME_TAKEN
    }
    rows {
      row: 123457
      name: "organizations/conalep/placementRequests/none"
      outcome: LOAD_OUTCOME_REFUSED
      errors {
        field: "learner"
        rule: "LEARNER_NOT_FOUND"
        remedy: "No existe ese estudiante; revise la columna y vuelva a enviar la fila completa."
      }
    }
    rows {
      row: 123458
      name: "organizations/conalep/placementRequests/two"
      outcome: LOAD_OUTCOME_UNCHANGED
    }
  )pb");
  RequestsByName by_name;
  const auto requests = Requests();
  for (const auto& request : requests.placement_requests()) by_name[request.name()] = request;
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    const std::string text = TableOfRequestedRows(language, rows.rows(), by_name).Text(0, true);
    ExpectFits(text);
    EXPECT_THAT(text, AllOf(HasSubstr("123456"), HasSubstr("[PLACES_TAKEN]"), HasSubstr("123457"),
                            HasSubstr("learner: No existe"), HasSubstr("[LEARNER_NOT_FOUND]"),
                            HasSubstr("123458")));
    EXPECT_THAT(text, HasSubstr(language == Language::kSpanish ? "no tomada" : "not taken"));
  }
}

}  // namespace
}  // namespace puente::cli
