// Offers that repeat one another.
#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "tests/economy/training_places/places.h"

namespace puente::economy {
namespace {

using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using testing::Offers;
using testing::Party;

class Repeats : public testing::Places {
 protected:
  Repeats() {
    EXPECT_OK(Consent("acme", "places", "a", "acts: CONSENT_ACT_OFFER_PLACES"));
    EXPECT_OK(Consent("acme", "others", "b", "acts: CONSENT_ACT_OFFER_PLACES"));
  }
  absl::StatusOr<v1::TrainingPlace> OfferAs(Party& party, const std::string& id,
                                            const std::string& more = "") {
    return Offer(party, id, 3, "acme", more);
  }
  v1::TrainingPlace Read(const std::string& id) {
    const auto place = GetPlace(PlaceName(id));
    EXPECT_OK(place);
    return place.value_or(v1::TrainingPlace());
  }

  Party first{database, "chamber/a"}, second{database, "chamber/b"};
};

TEST_F(Repeats, AreJoinedUnderTheFirstThatSomebodyElseOffered) {
  ASSERT_OK(OfferAs(acme, "own", "municipality: 'León' skills: ['skills/a', 'skills/b']"));
  ASSERT_OK_AND_ASSIGN(
      const auto joined,
      OfferAs(first, "ours", "municipality: 'LEON' skills: ['skills/b', 'skills/a']"));
  EXPECT_EQ(joined.state(), v1::TRAINING_PLACE_STATE_JOINED);
  EXPECT_EQ(joined.joined_into(), PlaceName("own"));
  EXPECT_EQ(Read("ours").joined_into(), PlaceName("own"));
  ASSERT_OK_AND_ASSIGN(
      const auto third,
      OfferAs(second, "theirs", "municipality: 'leon' skills: ['skills/b', 'skills/a']"));
  EXPECT_EQ(third.joined_into(), PlaceName("own"));
  EXPECT_EQ(Read("own").state(), v1::TRAINING_PLACE_STATE_OPEN);
}

TEST_F(Repeats, AreNotWhatOnePartyOffersTwice) {
  ASSERT_OK(OfferAs(acme, "one"));
  ASSERT_OK_AND_ASSIGN(const auto two, OfferAs(acme, "two"));
  EXPECT_EQ(two.state(), v1::TRAINING_PLACE_STATE_OPEN) << "two lines of one company";
  ASSERT_OK_AND_ASSIGN(const auto other, OfferAs(first, "other", "skills: 'skills/a'"));
  EXPECT_EQ(other.state(), v1::TRAINING_PLACE_STATE_OPEN) << "of another skill";
}

TEST_F(Repeats, TakeNoReservationsAndAreNotFound) {
  ASSERT_OK(OfferAs(acme, "own", "skills: 'skills/a'"));
  ASSERT_OK(OfferAs(first, "ours", "skills: 'skills/a'"));
  EXPECT_THAT(Reserve(utt, PlaceName("ours"), "l1"), HasReason("TRAINING_PLACE_STATE_WRONG"));
  const std::string profile =
      absl::StrCat("profile { skills: 'skills/a' state_code: '11'", " start_date {", testing::In(1),
                   "} end_date {", testing::In(3), "} }");
  ASSERT_OK_AND_ASSIGN(const auto found, utt.Ask(&Offers::FindPlaces, profile));
  ASSERT_EQ(found.matches_size(), 1);
  EXPECT_EQ(found.matches(0).training_place().name(), PlaceName("own"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM training_place_search"), 1);
  ASSERT_OK_AND_ASSIGN(const auto why,
                       utt.Ask(&Offers::ExplainPlace, Named(PlaceName("ours"), profile)));
  EXPECT_THAT(why.misses(), ElementsAre(v1::PLACE_MISS_JOINED));
  EXPECT_EQ(why.training_place().joined_into(), PlaceName("own"));
}

TEST_F(Repeats, CanBeParted) {
  ASSERT_OK(OfferAs(acme, "own"));
  ASSERT_OK(OfferAs(first, "ours"));
  EXPECT_THAT(second.Ask(&Offers::PauseTrainingPlace, Named(PlaceName("ours"))),
              HasReason("TRAINING_PLACE_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto parted,
                       first.Ask(&Offers::PartTrainingPlace, Named(PlaceName("ours"))));
  EXPECT_EQ(parted.state(), v1::TRAINING_PLACE_STATE_OPEN);
  EXPECT_EQ(parted.joined_into(), "");
  EXPECT_OK(Reserve(utt, PlaceName("ours"), "l1"));
  EXPECT_THAT(first.Ask(&Offers::PartTrainingPlace, Named(PlaceName("ours"))),
              HasReason("TRAINING_PLACE_STATE_WRONG"));
  // It leads nothing: the first still does.
  ASSERT_OK_AND_ASSIGN(const auto third, OfferAs(second, "theirs"));
  EXPECT_EQ(third.joined_into(), PlaceName("own"));
}

TEST_F(Repeats, AreJoinedByHandWhereTheySayItInOtherWords) {
  ASSERT_OK(OfferAs(acme, "own"));
  ASSERT_OK(OfferAs(acme, "same"));
  ASSERT_OK(Offer(globex, "theirs", 3, "globex"));
  const auto join = [&](const std::string& id, const std::string& into) {
    return acme.Ask(&Offers::JoinTrainingPlace,
                    Named(PlaceName(id), absl::StrCat("joined_into: '", into, "'")));
  };
  EXPECT_THAT(join("same", PlaceName("none")), HasReason("TRAINING_PLACE_NOT_FOUND"));
  EXPECT_THAT(join("same", PlaceName("same")), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(join("same", PlaceName("theirs", "globex")), HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto reserved, Reserve(utt, PlaceName("same"), "l1"));
  EXPECT_THAT(join("same", PlaceName("own")), HasReason("INVALID_FIELDS"));
  ASSERT_OK(Release(reserved.name()));
  ASSERT_OK_AND_ASSIGN(const auto joined, join("same", PlaceName("own")));
  EXPECT_EQ(joined.state(), v1::TRAINING_PLACE_STATE_JOINED);
  EXPECT_THAT(Reserve(utt, PlaceName("same"), "l1"), HasReason("TRAINING_PLACE_STATE_WRONG"));
  EXPECT_THAT(join("own", PlaceName("same")), HasReason("INVALID_FIELDS")) << "it leads nothing";
}

TEST_F(Repeats, HaveNoLeadOnceThatIsClosedOrSaysSomethingElse) {
  ASSERT_OK(OfferAs(acme, "own"));
  ASSERT_OK(acme.Ask(&Offers::CloseTrainingPlace,
                     Named(PlaceName("own"), "close_reason: PLACE_CLOSE_REASON_WITHDRAWN")));
  ASSERT_OK_AND_ASSIGN(const auto ours, OfferAs(first, "ours"));
  EXPECT_EQ(ours.state(), v1::TRAINING_PLACE_STATE_OPEN);
  ASSERT_OK(first.Ask(&Offers::UpdateTrainingPlace,
                      absl::StrCat("training_place { name: '", PlaceName("ours"),
                                   "' title_es: 'Otra' } update_mask { paths: 'title_es' }")));
  ASSERT_OK_AND_ASSIGN(const auto theirs, OfferAs(second, "theirs"));
  EXPECT_EQ(theirs.state(), v1::TRAINING_PLACE_STATE_OPEN);
  ASSERT_OK_AND_ASSIGN(const auto again, OfferAs(first, "again"));
  EXPECT_EQ(again.joined_into(), PlaceName("theirs"));
}

// Of many who offer the same at one moment one leads.
TEST_F(Repeats, HaveOneLeadWhoeverIsFirst) {
  std::vector<std::thread> all;
  all.emplace_back([&] { EXPECT_OK(OfferAs(acme, "own")); });
  all.emplace_back([&] { EXPECT_OK(OfferAs(first, "ours")); });
  all.emplace_back([&] { EXPECT_OK(OfferAs(second, "theirs")); });
  for (std::thread& one : all) one.join();
  EXPECT_EQ(Count("SELECT COUNT(*) FROM training_place WHERE state = 1"), 1);
  EXPECT_EQ(Count("SELECT COUNT(DISTINCT joined_into) FROM training_place WHERE state = 4"), 1);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM training_place AS a JOIN training_place AS b ON"
                  " a.joined_into = CONCAT('companies/', b.company, '/trainingPlaces/', b.id)"
                  " WHERE b.state = 1"),
            2);
}

TEST_F(Repeats, AreListedBySector) {
  ASSERT_OK(OfferAs(acme, "own"));
  ASSERT_OK(OfferAs(first, "ours"));
  ASSERT_OK(Offer(globex, "two", 3, "globex"));
  const auto listed = [&](const std::string& filter, const std::string& parent = "-") {
    std::vector<std::string> names;
    const auto page =
        utt.Ask(&Offers::ListTrainingPlaces,
                absl::StrCat("parent: 'companies/", parent, "' filter: '", filter, "'"));
    EXPECT_OK(page);
    if (page.ok()) {
      for (const auto& place : page->training_places()) names.push_back(place.name());
    }
    return names;
  };
  EXPECT_THAT(listed("state = TRAINING_PLACE_STATE_OPEN AND scian_class = \"33*\""),
              ElementsAre(PlaceName("own"), PlaceName("two", "globex")));
  EXPECT_THAT(listed("state = TRAINING_PLACE_STATE_OPEN AND scian_class = \"33*\"", "acme"),
              ElementsAre(PlaceName("own")));
  EXPECT_THAT(listed("state = TRAINING_PLACE_STATE_JOINED AND scian_class = \"3361*\""),
              ElementsAre(PlaceName("ours")));
  EXPECT_THAT(listed("state = TRAINING_PLACE_STATE_OPEN AND scian_class = \"54*\""), ElementsAre());
}

}  // namespace
}  // namespace puente::economy
