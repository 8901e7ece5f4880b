#include "cli/place_tables.h"

#include <gmock/gmock.h>

#include "tests/cli/fits.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PlaceTables, ShowSeatsAsFarAsTheyAreTold) {
  const auto places = Of<economy::v1::ListTrainingPlacesResponse>(R"pb(
    training_places {
      name: "companies/acme/trainingPlaces/tig"
      state: TRAINING_PLACE_STATE_PAUSED
      title_es: "Soldadura TIG de aluminio en la línea de ensamble de carrocerías"
      title_en: "TIG welding"
      seat_count: 500
      start_date { year: 2027 month: 1 day: 31 }
      end_date { year: 2027 month: 12 day: 31 }
    }
    training_places {
      name: "companies/acme/trainingPlaces/plc"
      state: TRAINING_PLACE_STATE_OPEN
      title_es: "PLC"
      seat_count: 2
    }
  )pb");
  const SeatsOfPlaces seats = {{"companies/acme/trainingPlaces/tig",
                                Of<economy::v1::PlaceAvailability>("offered: 500 free: 123")}};
  const std::string spanish =
      TableOfPlaces(Language::kSpanish, places.training_places(), seats).Text(0, true);
  ExpectFits(spanish);
  EXPECT_THAT(spanish, AllOf(HasSubstr("libres"), HasSubstr("123"), HasSubstr("en pausa"),
                             HasSubstr("companies/acme/trainingPlaces/tig")));
  const std::string english =
      TableOfPlaces(Language::kEnglish, places.training_places(), seats).Text(0, true);
  ExpectFits(english);
  EXPECT_THAT(english, AllOf(HasSubstr("free"), HasSubstr("paused"), HasSubstr("TIG welding"),
                             HasSubstr("PLC")));
}

TEST(PlaceTables, ShowWhatWasFoundAndHowNear) {
  const auto found = Of<economy::v1::FindPlacesResponse>(R"pb(
    matches {
      training_place {
        name: "companies/acme/trainingPlaces/tig"
        title_es: "Soldadura TIG de aluminio en la línea de ensamble de carrocerías"
        title_en: "TIG welding"
        start_date { year: 2027 month: 1 day: 31 }
        end_date { year: 2027 month: 12 day: 31 }
      }
      nearness: NEARNESS_SAME_MUNICIPALITY
      met_skills: "skills/welding"
      met_skills: "skills/plc"
      free: 123
      distance_km: 2718
    }
  )pb");
  const std::string spanish = TableOfMatches(Language::kSpanish, found.matches()).Text(0, true);
  ExpectFits(spanish);
  EXPECT_THAT(spanish, AllOf(HasSubstr("mismo municipio"), HasSubstr("2,718"), HasSubstr("123"),
                             HasSubstr("skills/welding, skills/plc")));
  const std::string english = TableOfMatches(Language::kEnglish, found.matches()).Text(0, true);
  ExpectFits(english);
  EXPECT_THAT(english, AllOf(HasSubstr("same town"), HasSubstr("TIG welding")));
}

TEST(PlaceTables, ShowALearnerAsTheirReaderKnowsThem) {
  const auto list = Of<economy::v1::ListPlaceReservationsResponse>(R"pb(
    place_reservations {
      name: "placeReservations/3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857"
      state: PLACE_RESERVATION_STATE_BROKEN_OFF
      training_place: "companies/acme/trainingPlaces/tig"
      company_learner: "0c1b2a39-6a4c-4f0e-9d57-3b2f1d8e4857"
      start_date { year: 2027 month: 1 day: 31 }
      end_date { year: 2027 month: 12 day: 31 }
    }
    place_reservations {
      name: "placeReservations/b"
      state: PLACE_RESERVATION_STATE_HELD
      learner: "organizations/utt/learners/9d570c1b-6a4c-4f0e-9d57-3b2f1d8e4857"
      company_learner: "not-shown"
    }
  )pb");
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    const std::string text = TableOfReservations(language, list.place_reservations()).Text(0, true);
    ExpectFits(text);
    EXPECT_THAT(text, AllOf(HasSubstr("0c1b2a39-6a4c-4f0e-9d57-3b2f1d8e4857"),
                            HasSubstr("9d570c1b-6a4c-4f0e-9d57-3b2f1d8e4857"),
                            Not(HasSubstr("not-shown"))));
  }
}

}  // namespace
}  // namespace puente::cli
