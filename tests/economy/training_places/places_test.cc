// Offers of training places: whose they are, how long they stand, and what is told of their seats.
#include "tests/economy/training_places/places.h"

#include <gmock/gmock.h>

namespace puente::economy {
namespace {

using puente::testing::Becomes;
using puente::testing::HasReason;
using ::testing::ElementsAre;
using testing::In;
using testing::kProvenance;
using testing::Offers;
using testing::Party;
using testing::Reservations;
using testing::Today;

class TrainingPlaces : public testing::Places {
 protected:
  absl::StatusOr<v1::TrainingPlace> Act(Party& party, auto verb, const std::string& id,
                                        const std::string& more = "") {
    return party.Ask(verb, Named(PlaceName(id), more));
  }
  v1::TrainingPlace Read(const std::string& id) {
    const auto place = GetPlace(PlaceName(id));
    EXPECT_OK(place);
    return place.value_or(v1::TrainingPlace());
  }
  // As if days had passed since it was written.
  void Age(const std::string& id, const std::string& set) {
    Execute(absl::StrCat("UPDATE training_place SET ", set, " WHERE id = '", id, "'"));
    Wake("acme/" + id);
  }
  static std::string DaysAgo(int days) {
    return absl::StrCat("'", absl::FormatCivilTime(Today() - days), "'");
  }
  std::vector<std::string> Listed(Party& party, const std::string& filter) {
    std::vector<std::string> names;
    const auto page = party.Ask(&Offers::ListTrainingPlaces,
                                absl::StrCat("parent: 'companies/-' filter: '", filter, "'"));
    EXPECT_OK(page);
    if (!page.ok()) return names;
    for (const auto& place : page->training_places()) names.push_back(place.name());
    return names;
  }
};

TEST_F(TrainingPlaces, AreOfferedByTheirCompaniesAndReadByEverybody) {
  ASSERT_OK_AND_ASSIGN(const auto place, Offer(acme, "one", 3));
  EXPECT_EQ(place.state(), v1::TRAINING_PLACE_STATE_OPEN);
  EXPECT_EQ(place.scian_class(), "336110");
  EXPECT_EQ(place.chamber(), "");
  EXPECT_EQ(ToCivilDay(place.confirm_due_date()), Today() + 60);
  EXPECT_THAT(Offer(globex, "two", 3, "acme"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Offer(utt, "two", 3, "acme"), HasReason("CALLER_REFUSED"));
  EXPECT_OK(Offer(economy, "two", 3, "acme"));
  EXPECT_OK(utt.Ask(&Offers::GetTrainingPlace, Named(PlaceName("one"))));
  EXPECT_THAT(Act(globex, &Offers::PauseTrainingPlace, "one"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Offer(acme, "past", 3, "acme", "", -1), HasReason("INVALID_FIELDS"));
}

TEST_F(TrainingPlaces, AreOfferedByAChamberThatTheCompanyAgreedTo) {
  Party chamber(database, "chamber/a"), other(database, "chamber/b");
  EXPECT_THAT(Offer(chamber, "one", 3, "acme"), HasReason("OWNER_MISMATCH"));
  ASSERT_OK(Consent("acme", "demand", "a", "acts: CONSENT_ACT_STATE_DEMAND"));
  EXPECT_THAT(Offer(chamber, "one", 3, "acme"), HasReason("OWNER_MISMATCH"));
  ASSERT_OK(Consent("acme", "places", "a", "acts: CONSENT_ACT_OFFER_PLACES"));
  ASSERT_OK_AND_ASSIGN(const auto place, Offer(chamber, "one", 3, "acme"));
  EXPECT_EQ(place.chamber(), "chambers/a");
  EXPECT_OK(ChangeSeats(chamber, place.name(), 4));
  EXPECT_OK(Act(chamber, &Offers::PauseTrainingPlace, "one"));
  EXPECT_THAT(Act(other, &Offers::OpenTrainingPlace, "one"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Offer(chamber, "two", 3, "globex"), HasReason("OWNER_MISMATCH"));
  // Nor is it told, or lets it decide, who comes.
  EXPECT_FALSE(Seats(chamber, place.name()).has_free());
  EXPECT_THAT(chamber.Ask(&Reservations::ListPlaceReservations,
                          "filter: 'company = \\\"companies/acme\\\"'"),
              HasReason("CALLER_REFUSED"));
  ASSERT_OK(economy.Ask(&v1::ConsentService::Stub::WithdrawConsent,
                        "name: 'companies/acme/consents/places'"));
  EXPECT_THAT(Act(chamber, &Offers::OpenTrainingPlace, "one"), HasReason("OWNER_MISMATCH"));
}

TEST_F(TrainingPlaces, NeedACompanyInTheRegister) {
  ASSERT_OK(Offer("one", 3));
  ASSERT_OK(Act(acme, &Offers::PauseTrainingPlace, "one"));
  ASSERT_OK(economy.Ask(&v1::CompanyService::Stub::SuspendCompany,
                        "name: 'companies/acme' reason: 'Prueba'"));
  EXPECT_THAT(Offer("two", 3), HasReason("COMPANY_STATE_WRONG"));
  EXPECT_THAT(Act(acme, &Offers::OpenTrainingPlace, "one"), HasReason("COMPANY_STATE_WRONG"));
  EXPECT_THAT(Offer(economy, "two", 3, "none"), HasReason("COMPANY_NOT_FOUND"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM training_place_seats"), 1) << "nothing half done";
}

TEST_F(TrainingPlaces, LeadFromStateToState) {
  ASSERT_OK(Offer("one", 3));
  EXPECT_THAT(Act(acme, &Offers::OpenTrainingPlace, "one"),
              HasReason("TRAINING_PLACE_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(auto place, Act(acme, &Offers::PauseTrainingPlace, "one"));
  EXPECT_EQ(place.state(), v1::TRAINING_PLACE_STATE_PAUSED);
  EXPECT_THAT(Act(acme, &Offers::ConfirmTrainingPlace, "one"),
              HasReason("TRAINING_PLACE_STATE_WRONG"));
  EXPECT_OK(ChangeSeats(acme, PlaceName("one"), 5));
  ASSERT_OK(Act(acme, &Offers::OpenTrainingPlace, "one"));
  ASSERT_OK_AND_ASSIGN(place, Act(acme, &Offers::ConfirmTrainingPlace, "one"));
  EXPECT_TRUE(place.has_confirm_time());
  EXPECT_THAT(
      Act(acme, &Offers::CloseTrainingPlace, "one", "close_reason: PLACE_CLOSE_REASON_FILLED"),
      HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(
      place, Act(acme, &Offers::CloseTrainingPlace, "one",
                 "close_reason: PLACE_CLOSE_REASON_FILLED channel: PLACE_CHANNEL_OWN_SEARCH"));
  EXPECT_EQ(place.state(), v1::TRAINING_PLACE_STATE_CLOSED);
  EXPECT_EQ(place.channel(), v1::PLACE_CHANNEL_OWN_SEARCH);
  EXPECT_TRUE(place.has_close_time());
  EXPECT_THAT(Act(acme, &Offers::OpenTrainingPlace, "one"),
              HasReason("TRAINING_PLACE_STATE_WRONG"));
  EXPECT_THAT(ChangeSeats(acme, PlaceName("one"), 6), HasReason("TRAINING_PLACE_STATE_WRONG"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE kind = 'training_places.turn'"), 0);
}

TEST_F(TrainingPlaces, KeepTheSeatsAndDaysThatAreReserved) {
  ASSERT_OK(Offer("one", 3));
  const std::string name = PlaceName("one");
  ASSERT_OK(Reserve(utt, name, "ana", 0, 5));
  ASSERT_OK_AND_ASSIGN(const auto last, Reserve(utt, name, "luz", 3, 12));
  const auto too_few = ChangeSeats(acme, name, 1);
  EXPECT_THAT(too_few, HasReason("SEATS_TAKEN"));
  EXPECT_EQ(MetadataOf(too_few.status(), "taken"), "2");
  EXPECT_OK(ChangeSeats(acme, name, 2));
  EXPECT_THAT(Reserve(utt, name, "eva"), HasReason("PLACES_TAKEN"));
  const auto end = [&](int days) {
    return acme.Ask(&Offers::UpdateTrainingPlace,
                    absl::StrCat("training_place { name: '", name, "' end_date {", In(days),
                                 "} } update_mask { paths: 'end_date' }"));
  };
  EXPECT_THAT(end(11), HasReason("INVALID_FIELDS"));
  EXPECT_OK(end(12));
  ASSERT_OK(Release(last.name()));
  EXPECT_THAT(end(4), HasReason("INVALID_FIELDS"));
  EXPECT_OK(end(5));
  EXPECT_THAT(end(-1), HasReason("INVALID_FIELDS"));
  EXPECT_EQ(Taken(name), "2: 1 held, 0 confirmed, 0 started");
}

TEST_F(TrainingPlaces, AreAskedAboutAndPausedWhereNobodyAnswers) {
  ASSERT_OK(Offer("one", 3));
  Age("one", "confirm_due_date = " + DaysAgo(0));
  ASSERT_TRUE(Becomes([&] { return Read("one").has_ask_date(); }));
  EXPECT_EQ(Read("one").state(), v1::TRAINING_PLACE_STATE_OPEN);
  // It waits for the next turn.
  ASSERT_TRUE(Becomes([&] {
    return Count(absl::StrCat("SELECT COUNT(*) FROM due WHERE kind = 'training_places.turn' AND"
                              " due_time > ",
                              DaysAgo(-13), " AND due_time < ", DaysAgo(-16))) == 1;
  }));
  ASSERT_OK_AND_ASSIGN(auto place, Act(acme, &Offers::ConfirmTrainingPlace, "one"));
  EXPECT_FALSE(place.has_ask_date());
  Age("one", absl::StrCat("confirm_due_date = ", DaysAgo(14), ", ask_date = ", DaysAgo(14)));
  ASSERT_TRUE(Becomes([&] { return Read("one").state() == v1::TRAINING_PLACE_STATE_PAUSED; }));
  EXPECT_THAT(Reserve(utt, PlaceName("one"), "ana"), HasReason("TRAINING_PLACE_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(place, Act(acme, &Offers::OpenTrainingPlace, "one"));
  EXPECT_EQ(ToCivilDay(place.confirm_due_date()), Today() + 60);
  EXPECT_FALSE(place.has_ask_date());
}

TEST_F(TrainingPlaces, CloseByThemselvesAfterTheirLastDay) {
  ASSERT_OK(Offer("one", 3));
  ASSERT_OK(Act(acme, &Offers::PauseTrainingPlace, "one"));
  Age("one", "end_date = " + DaysAgo(1));
  ASSERT_TRUE(Becomes([&] { return Read("one").state() == v1::TRAINING_PLACE_STATE_CLOSED; }));
  EXPECT_EQ(Read("one").close_reason(), v1::PLACE_CLOSE_REASON_EXPIRED);
  EXPECT_TRUE(Read("one").has_close_time());
  ASSERT_TRUE(Becomes(
      [&] { return Count("SELECT COUNT(*) FROM due WHERE kind = 'training_places.turn'") == 0; }));
}

TEST_F(TrainingPlaces, AreFoundByStateOccupationAndSkill) {
  const auto offer = [&](const std::string& id, const std::string& more, int first) {
    return economy.Ask(
        &Offers::CreateTrainingPlace,
        absl::StrCat("parent: 'companies/acme' training_place_id: '", id,
                     "' training_place { title_es: 'T' start_date {", In(first), "} end_date {",
                     In(90), "} weekly_hours: 40 seat_count: 1 ", more, kProvenance, "}"));
  };
  ASSERT_OK(offer("late", "state_code: '11' occupation_code: '7322' skills: 'skills/welding'", 20));
  ASSERT_OK(offer("soon", "state_code: '11' occupation_code: '2632' skills: 'skills/welding'", 5));
  ASSERT_OK(offer("far", "state_code: '09' occupation_code: '7322' skills: 'skills/plc'", 5));
  EXPECT_THAT(Listed(utt, "state_code = \\\"11\\\" AND state = OPEN"),
              ElementsAre(PlaceName("soon"), PlaceName("late")));
  EXPECT_THAT(Listed(utt, "occupation_code = \\\"7322\\\" AND state = OPEN"),
              ElementsAre(PlaceName("far"), PlaceName("late")));
  EXPECT_THAT(Listed(utt, "skill = \\\"skills/welding\\\""),
              ElementsAre(PlaceName("late"), PlaceName("soon")));
  ASSERT_OK(Act(acme, &Offers::PauseTrainingPlace, "soon"));
  EXPECT_THAT(Listed(utt, "state_code = \\\"11\\\" AND state = OPEN"),
              ElementsAre(PlaceName("late")));
}

TEST_F(TrainingPlaces, TellOfTheirSeatsWhatEachMayKnow) {
  ASSERT_OK(Offer("one", 5));
  ASSERT_OK(Offer("two", 1));
  const std::string name = PlaceName("one");
  ASSERT_OK_AND_ASSIGN(const auto first, Reserve(utt, name, "ana"));
  ASSERT_OK(Confirm(first.name()));
  ASSERT_OK(Reserve(uaq, name, "luz"));
  for (Party* party : {&economy, &acme}) {
    EXPECT_EQ(Text(Seats(*party, name)), "5: 1 held, 1 confirmed, 0 started");
    EXPECT_EQ(Seats(*party, name).free(), 3);
    EXPECT_FALSE(Seats(*party, name).has_own());
  }
  EXPECT_EQ(Seats(utt, name).free(), 3);
  EXPECT_EQ(Text(Seats(utt, name).own()), "0 held, 1 confirmed, 0 started");
  EXPECT_EQ(Text(Seats(uaq, name).own()), "1 held, 0 confirmed, 0 started");
  EXPECT_FALSE(Seats(utt, name).has_taken());
  Party council(database, "council/cce");
  for (Party* party : {&globex, &council}) {
    EXPECT_EQ(Seats(*party, name).offered(), 5);
    EXPECT_FALSE(Seats(*party, name).has_free());
    EXPECT_FALSE(Seats(*party, name).has_taken());
    EXPECT_FALSE(Seats(*party, name).has_own());
  }
  const auto both = utt.Ask(&Offers::GetPlaceAvailability,
                            absl::StrCat("names: '", PlaceName("two"), "' names: '", name, "'"));
  ASSERT_OK(both);
  EXPECT_EQ(both->places(0).training_place(), PlaceName("two"));
  EXPECT_EQ(both->places(1).free(), 3);
  EXPECT_NE(both->freshness_token(), "");
  EXPECT_OK(utt.Ask(&Offers::GetPlaceAvailability,
                    absl::StrCat("names: '", name, "' at_least: '", both->freshness_token(), "'")));
  EXPECT_THAT(utt.Ask(&Offers::GetPlaceAvailability,
                      absl::StrCat("names: '", name, "' names: '", PlaceName("none"), "'")),
              HasReason("TRAINING_PLACE_NOT_FOUND"));
}

}  // namespace
}  // namespace puente::economy
