// Places that are found for a learner or a class: which, in what order, and why one is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "common/names/text.h"
#include "common/resource/page.h"
#include "modules/economy/municipalities/distance.h"
#include "modules/economy/training_places/matching.h"
#include "puente/economy/v1/municipality.grpc.pb.h"
#include "tests/economy/training_places/places.h"

namespace puente::economy {
namespace {

using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using testing::In;
using ::testing::IsEmpty;
using testing::Offers;
using testing::Party;

class PlaceSearch : public testing::Places {
 protected:
  // For a stay of a week from tomorrow, of a learner in León.
  static std::string Profile(const std::vector<std::string>& skills, const std::string& more = "") {
    std::string text =
        absl::StrCat("state_code: '11' start_date {", In(1), "} end_date {", In(8), "} ", more);
    for (const std::string& skill : skills) absl::StrAppend(&text, " skills: 'skills/", skill, "'");
    return text;
  }
  v1::FindPlacesResponse Page(Party& party, const std::string& profile,
                              const std::string& more = "") {
    const auto page =
        party.Ask(&Offers::FindPlaces, absl::StrCat("profile {", profile, "} ", more));
    EXPECT_OK(page);
    return page.ok() ? *page : v1::FindPlacesResponse();
  }
  // Ids of all that is found, by pages of so many.
  std::vector<std::string> Found(Party& party, const std::string& profile, int page_size = 1000) {
    std::vector<std::string> ids;
    std::string token;
    do {
      const auto page = Page(party, profile,
                             absl::StrCat("page_size: ", page_size, " page_token: '", token, "'"));
      for (const v1::PlaceMatch& match : page.matches()) {
        const std::string& name = match.training_place().name();
        ids.push_back(name.substr(name.rfind('/') + 1));
      }
      token = page.next_page_token();
    } while (!token.empty());
    return ids;
  }
  std::vector<std::string> Misses(Party& party, const std::string& place,
                                  const std::string& profile) {
    const auto explained = party.Ask(&Offers::ExplainPlace,
                                     absl::StrCat("name: '", place, "' profile {", profile, "}"));
    EXPECT_OK(explained);
    std::vector<std::string> names;
    if (!explained.ok()) return names;
    for (const int miss : explained->misses()) {
      names.push_back(v1::PlaceMiss_Name(miss).substr(sizeof "PLACE_MISS_" - 1));
    }
    return names;
  }
  // Of a municipality, at a point that is made up.
  void AddSeat(const std::string& id, const std::string& state, const std::string& label,
               int latitude, int longitude) {
    ASSERT_OK(economy.Ask(
        &v1::MunicipalityService::Stub::CreateMunicipality,
        absl::StrCat("municipality_id: '", id, "' municipality { state_code: '", state,
                     "' label_es: '", label, "' latitude_microdegrees: ", latitude,
                     " longitude_microdegrees: ", longitude, testing::kProvenance, "}")));
  }
  void Teach(const std::string& id, const std::vector<std::string>& skills,
             const std::string& more = "", int seats = 3) {
    std::string fields = more;
    for (const std::string& skill : skills) {
      absl::StrAppend(&fields, " skills: 'skills/", skill, "'");
    }
    ASSERT_OK(Offer(acme, id, seats, "acme", fields));
  }
};

TEST_F(PlaceSearch, ComeNearestFirstThenByTheSkillNamedFirst) {
  Teach("elsewhere", {"welding"}, "municipality: 'Silao'");
  Teach("here-second", {"plc"}, "municipality: 'León'");
  Teach("here-both", {"plc", "welding"}, "municipality: 'LEON'");
  Teach("nothing", {"sewing"});
  ASSERT_OK(Offer(acme, "unskilled", 1));
  const std::string wanted = Profile({"welding", "plc"}, "municipality: 'león'");
  EXPECT_THAT(Found(utt, wanted), ElementsAre("here-both", "here-second", "elsewhere"));
  EXPECT_THAT(Found(utt, wanted, 1), ElementsAre("here-both", "here-second", "elsewhere"));
  EXPECT_THAT(Found(utt, Profile({"plc"})), ElementsAre("here-both", "here-second"));
  const auto page = Page(utt, wanted);
  ASSERT_EQ(page.matches_size(), 3);
  EXPECT_EQ(page.matches(1).nearness(), v1::NEARNESS_SAME_MUNICIPALITY);
  EXPECT_THAT(page.matches(1).met_skills(), ElementsAre("skills/plc"));
  EXPECT_THAT(page.matches(1).missing_skills(), ElementsAre("skills/welding"));
  EXPECT_EQ(page.matches(2).nearness(), v1::NEARNESS_SAME_STATE);
  // How many are free is told as elsewhere: to who may reserve.
  EXPECT_TRUE(page.matches(0).has_free());
  Party council(database, "council/cce");
  EXPECT_FALSE(Page(council, wanted).matches(0).has_free());
}

TEST_F(PlaceSearch, LeavesOutWhatMissesAnythingAndSaysWhatThat) {
  Teach("one", {"welding"}, "", 1);
  const std::string name = PlaceName("one");
  EXPECT_THAT(Misses(utt, name, Profile({"welding"})), IsEmpty());
  EXPECT_THAT(Misses(utt, name, Profile({"sewing"})), ElementsAre("NO_SKILL"));
  EXPECT_THAT(Misses(utt, name, Profile({"welding"}, "weekly_hours: 20 seat_count: 2")),
              ElementsAre("SEATS_TAKEN", "MORE_HOURS"));
  const std::string early = absl::StrCat("state_code: '11' skills: 'skills/welding' start_date {",
                                         In(-3), "} end_date {", In(80), "}");
  EXPECT_THAT(Misses(utt, name, early), ElementsAre("BEGINS_LATER", "ENDS_BEFORE"));
  EXPECT_THAT(Found(utt, early), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto held, Reserve(utt, name, "ana"));
  EXPECT_THAT(Misses(utt, name, Profile({"welding"})), ElementsAre("SEATS_TAKEN"));
  EXPECT_THAT(Found(utt, Profile({"welding"})), IsEmpty());
  ASSERT_OK(Release(held.name()));
  EXPECT_THAT(Found(utt, Profile({"welding"})), ElementsAre("one"));
  ASSERT_OK(acme.Ask(&Offers::PauseTrainingPlace, Named(name)));
  EXPECT_THAT(Misses(utt, name, Profile({"welding"})), ElementsAre("NOT_OPEN"));
  EXPECT_THAT(Found(utt, Profile({"welding"})), IsEmpty());
  ASSERT_OK(acme.Ask(&Offers::OpenTrainingPlace, Named(name)));
  EXPECT_THAT(Found(utt, Profile({"welding"})), ElementsAre("one"));
  ASSERT_OK(acme.Ask(&Offers::UpdateTrainingPlace,
                     absl::StrCat("training_place { name: '", name,
                                  "' skills: 'skills/sewing' } update_mask { paths: 'skills' }")));
  EXPECT_THAT(Found(utt, Profile({"welding"})), IsEmpty());
  EXPECT_THAT(Found(utt, Profile({"sewing"})), ElementsAre("one"));
  ASSERT_OK(acme.Ask(&Offers::CloseTrainingPlace,
                     Named(name, "close_reason: PLACE_CLOSE_REASON_WITHDRAWN")));
  EXPECT_THAT(Found(utt, Profile({"sewing"})), IsEmpty());
}

// However many are asked for: whoever is not told how many seats are free is told whether one is.
TEST_F(PlaceSearch, TellsNobodyElseHowManySeatsAreFree) {
  Teach("one", {"welding"}, "", 2);
  const std::string name = PlaceName("one");
  Party council(database, "council/cce");
  const std::string two = Profile({"welding"}, "seat_count: 2"),
                    three = Profile({"welding"}, "seat_count: 3");
  for (Party* party : {&utt, &acme, &economy}) {
    SCOPED_TRACE(party->caller());
    EXPECT_THAT(Found(*party, two), ElementsAre("one"));
    EXPECT_THAT(Misses(*party, name, two), IsEmpty());
    EXPECT_THAT(Found(*party, three), IsEmpty());
    EXPECT_THAT(Misses(*party, name, three), ElementsAre("SEATS_TAKEN"));
  }
  for (Party* party : {&globex, &council}) {
    SCOPED_TRACE(party->caller());
    EXPECT_THAT(Found(*party, three), ElementsAre("one"));
    EXPECT_THAT(Misses(*party, name, three), IsEmpty());
  }
  ASSERT_OK(Reserve(utt, name, "ana"));
  ASSERT_OK(Reserve(utt, name, "luz"));
  for (Party* party : {&globex, &council}) {
    SCOPED_TRACE(party->caller());
    EXPECT_THAT(Found(*party, three), IsEmpty());
    EXPECT_THAT(Misses(*party, name, three), ElementsAre("SEATS_TAKEN"));
  }
}

TEST_F(PlaceSearch, RefusesWhatAsksForNothing) {
  const auto asked = [&](const std::string& profile, const std::string& more = "") {
    return utt.Ask(&Offers::FindPlaces, absl::StrCat("profile {", profile, "} ", more)).status();
  };
  EXPECT_THAT(asked(Profile({})), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(asked(Profile({"welding"}, "seat_count: -1")), HasReason("INVALID_FIELDS"));
  Teach("one", {"welding"});
  Teach("two", {"welding"});
  const auto page = Page(utt, Profile({"welding"}), "page_size: 1");
  EXPECT_THAT(
      asked(Profile({"sewing"}), absl::StrCat("page_token: '", page.next_page_token(), "'")),
      HasReason("INVALID_PAGE_TOKEN"));
}

// Tokens have no secret, so that anybody can make one: of what the profile does not have.
TEST_F(PlaceSearch, RefusesTokensThatLeadOutOfTheProfile) {
  Teach("one", {"welding"});
  auto request =
      testing::Of<v1::FindPlacesRequest>(absl::StrCat("profile {", Profile({"welding"}), "}"));
  const std::string profile = crypto::Canonical(request.profile());
  const auto ask = [&](const std::string& nearness, const std::string& skill,
                       const std::string& day, const std::string& km = "0") {
    request.set_page_token(
        resource::MakePageToken({"/puente.economy.v1.TrainingPlaceService/FindPlaces",
                                 "organization/utt", profile, "unknown"},
                                {nearness, km, "", "", skill, day, "", ""}));
    return utt.Ask(&Offers::FindPlaces, request).status();
  };
  EXPECT_OK(ask("1", "0", "2026-01-01")) << "what this test makes are tokens";
  for (const auto& [nearness, skill, day] :
       {std::tuple("0", "0", "2026-01-01"), std::tuple("4", "0", "2026-01-01"),
        std::tuple("2", "-1", "2026-01-01"), std::tuple("2", "1", "2026-01-01"),
        std::tuple("2", "99999999999", "2026-01-01"), std::tuple("2", "0", "2026-02-30x"),
        std::tuple("x", "0", "2026-01-01")}) {
    EXPECT_THAT(ask(nearness, skill, day), HasReason("INVALID_PAGE_TOKEN"))
        << nearness << " " << skill << " " << day;
  }
  EXPECT_THAT(ask("2", "0", "2026-01-01", "far"), HasReason("INVALID_PAGE_TOKEN"));
  EXPECT_OK(ask("2", "0", "2026-01-01", "-5")) << "from the beginning of what there is";
}

TEST_F(PlaceSearch, ComeByKilometresWhereBothMunicipalitiesAreKnown) {
  AddSeat("11020", "11", "León", 21'000'000, -101'000'000);
  AddSeat("11037", "11", "Silao", 22'000'000, -101'000'000);      // 111 km
  AddSeat("11007", "11", "Celaya", 20'500'000, -101'000'000);     // 56 km
  AddSeat("22014", "22", "Querétaro", 20'000'000, -101'000'000);  // 111 km
  AddSeat("22016", "22", "San Juan", 20'900'000, -101'000'000);   // 11 km
  Teach("unknown", {"welding"}, "municipality: 'Purísima'");
  Teach("unsaid", {"welding"});
  Teach("silao", {"welding"}, "municipality: 'SILAO'");
  Teach("celaya", {"plc"}, "municipality: 'Celaya'");
  Teach("leon", {"plc"}, "municipality: 'leon'");
  Teach("queretaro", {"welding"}, "municipality: 'Queretaro'");
  Teach("san-juan", {"plc", "welding"}, "municipality: 'San Juan'");
  for (const char* id : {"queretaro", "san-juan"}) {
    ASSERT_OK(acme.Ask(&Offers::UpdateTrainingPlace,
                       absl::StrCat("training_place { name: '", PlaceName(id),
                                    "' state_code: '22' } update_mask { paths: 'state_code' }")));
  }
  const std::string wanted = Profile({"welding", "plc"}, "municipality: 'León'");
  const std::vector<std::string> order = {"leon",    "celaya",   "silao",    "unsaid",
                                          "unknown", "san-juan", "queretaro"};
  for (const int page_size : {1, 2, 1000}) EXPECT_EQ(Found(utt, wanted, page_size), order);
  const auto page = Page(utt, wanted);
  std::vector<int> km;
  for (const v1::PlaceMatch& match : page.matches()) {
    km.push_back(match.has_distance_km() ? match.distance_km() : -1);
    ASSERT_OK_AND_ASSIGN(
        const auto explained,
        utt.Ask(&Offers::ExplainPlace, absl::StrCat("name: '", match.training_place().name(),
                                                    "' profile {", wanted, "}")));
    EXPECT_EQ(explained.DebugString(), match.DebugString());
  }
  EXPECT_THAT(km, ElementsAre(0, 56, 111, -1, -1, 11, 111));
  // Whose own municipality is not known, or is called as another of the state, is told none; nor do
  // pages go on that began while it was known.
  const auto begun = Page(utt, wanted, "page_size: 2");
  AddSeat("11099", "11", "LEÓN", 21'000'000, -101'000'000);
  EXPECT_THAT(utt.Ask(&Offers::FindPlaces, absl::StrCat("profile {", wanted, "} page_token: '",
                                                        begun.next_page_token(), "'"))
                  .status(),
              HasReason("INVALID_PAGE_TOKEN"));
  for (const auto& here : {"Purísima", "León", ""}) {
    const auto none = Page(utt, Profile({"welding"}, absl::StrCat("municipality: '", here, "'")));
    EXPECT_EQ(none.matches_size(), 5) << here;
    for (const v1::PlaceMatch& match : none.matches()) EXPECT_FALSE(match.has_distance_km());
  }
}

TEST_F(PlaceSearch, LookIntoFewMunicipalitiesForAPage) {
  AddSeat("11020", "11", "León", 21'000'000, -101'000'000);
  std::vector<std::string> ids;
  for (int i = 10; i < 65; ++i) {
    ids.push_back(absl::StrCat("p", i));
    Teach(ids.back(), {"welding"}, absl::StrCat("municipality: 'Pueblo ", i, "'"));
  }
  const std::string wanted = Profile({"welding"}, "municipality: 'León'");
  const auto page = Page(utt, wanted, "page_size: 1000");
  EXPECT_EQ(page.matches_size(), 49) << "of fifty ranges, of which León is one";
  EXPECT_FALSE(page.next_page_token().empty());
  EXPECT_EQ(Found(utt, wanted), ids);
  // Where all begin too late, nothing is looked into: else the one that does not were on a next
  // page.
  Execute(
      "UPDATE training_place_search SET start_date = start_date + INTERVAL 90 DAY"
      " WHERE id <> 'p64'");
  const auto only = Page(utt, wanted);
  ASSERT_EQ(only.matches_size(), 1);
  EXPECT_EQ(only.matches(0).training_place().name(), PlaceName("p64"));
  EXPECT_THAT(only.next_page_token(), IsEmpty());
}

// Whatever is offered and asked for: what is found is what misses nothing, in the order that is
// promised, whatever the size of the pages.
TEST_F(PlaceSearch, FindsWhatTheRuleSays) {
  std::mt19937 random(std::random_device{}());
  const auto pick = [&](int count) { return static_cast<int>(random() % count); };
  const std::vector<std::string> skills = {"a", "b", "c", "d"},
                                 towns = {"", "León", "Silao", "Celaya", "Apaseo"};
  for (int i = 0; i < 60; ++i) {
    std::vector<std::string> taught;
    for (const std::string& skill : skills) {
      if (pick(3) == 0) taught.push_back(skill);
    }
    std::string more = absl::StrCat("municipality: '", towns[pick(5)], "'");
    for (const std::string& skill : taught) absl::StrAppend(&more, " skills: 'skills/", skill, "'");
    Party& party = pick(2) == 0 ? acme : globex;
    const std::string company = &party == &acme ? "acme" : "globex";
    const std::string first = In(pick(3)), last = In(5 + pick(6));
    ASSERT_OK(party.Ask(&Offers::CreateTrainingPlace,
                        absl::StrCat("parent: 'companies/", company, "' training_place_id: 'p", i,
                                     "' training_place { title_es: 'S' state_code: '",
                                     pick(2) == 0 ? "11" : "22", "' start_date {", first,
                                     "} end_date {", last, "} weekly_hours: ", 20 + 10 * pick(3),
                                     " seat_count: ", 1 + pick(2), " ", more, "}")));
  }
  v1::ListTrainingPlacesRequest list;
  list.set_parent("companies/-");
  list.set_page_size(1000);
  ASSERT_OK_AND_ASSIGN(const auto all, utt.Ask(&Offers::ListTrainingPlaces, list));
  std::map<std::pair<std::string, std::string>, Point> seats;
  const auto known = [&](const std::string& state, const std::string& town) {
    const auto found = seats.find({state, Fold(town)});
    return found == seats.end() ? std::nullopt : std::optional<Point>(found->second);
  };
  for (int i = 0; i < 30; ++i) {
    if (i == 10) {  // until then no distance is known
      for (int town = 1; town < 4; ++town) {
        for (const char* state : {"11", "22"}) {
          const Point seat{20'000'000 + pick(3) * 100'000, -101'000'000 + pick(3) * 100'000};
          AddSeat(absl::StrCat(state, "00", town), state, towns[town],
                  static_cast<int>(seat.latitude), static_cast<int>(seat.longitude));
          seats[{state, Fold(towns[town])}] = seat;
        }
      }
    }
    std::vector<std::string> wanted = skills;
    std::shuffle(wanted.begin(), wanted.end(), random);
    wanted.resize(1 + pick(3));
    const std::string text =
        Profile(wanted, absl::StrCat("municipality: '", towns[pick(5)], "' seat_count: ", pick(3),
                                     " weekly_hours: ", pick(2) * 30));
    const auto profile = testing::Of<v1::PlaceProfile>(text);
    std::vector<v1::TrainingPlace> fits;
    for (const v1::TrainingPlace& place : all.training_places()) {
      if (MissesOf(profile, place, place.seat_count()).empty()) fits.push_back(place);
    }
    const auto here = known(profile.state_code(), profile.municipality());
    // Nothing where the learner's municipality is not known.
    const auto area = [&](const v1::TrainingPlace& place) {
      if (!here) return std::tuple<int, std::string, std::string>();
      const auto there = known(place.state_code(), place.municipality());
      return std::tuple(there ? KilometresBetween(*here, *there) : 1'000'000, place.state_code(),
                        Fold(place.municipality()));
    };
    const auto key = [&](const v1::TrainingPlace& place) {
      return std::tuple(NearnessOf(profile, place), area(place), FirstMet(profile, place),
                        ToCivilDay(place.start_date()), place.name());
    };
    std::sort(fits.begin(), fits.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    std::vector<std::string> ids;
    for (const auto& place : fits) {
      ids.push_back(place.name().substr(place.name().rfind('/') + 1));
    }
    EXPECT_EQ(Found(utt, text, 1 + pick(7)), ids) << text;
  }
}

}  // namespace
}  // namespace puente::economy
