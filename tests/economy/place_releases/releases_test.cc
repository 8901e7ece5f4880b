// Released figures of training places.
#include <gmock/gmock.h>

#include <map>
#include <random>
#include <string>

#include "puente/economy/v1/place_release.grpc.pb.h"
#include "tests/economy/training_places/places.h"

namespace puente::economy {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::HasReason;
using ::testing::IsEmpty;
using Figures = v1::PlaceReleaseService::Stub;

class PlaceReleases : public testing::Places {
 protected:
  void AddCompany(const std::string& id, const std::string& scian = "336110",
                  const std::string& group = "") {
    EXPECT_OK(
        economy.Ask(&v1::CompanyService::Stub::CreateCompany,
                    absl::StrCat("company_id: '", id, "' company { legal_name: 'E' scian_class: '",
                                 scian, "' state_code: '11' size: COMPANY_SIZE_LARGE ",
                                 group.empty() ? "" : absl::StrCat("business_group: '", group, "'"),
                                 testing::kProvenance, "}")));
    EXPECT_OK(economy.Ask(&v1::CompanyService::Stub::ConfirmCompany,
                          Named(absl::StrCat("companies/", id), "reason: 'C'")));
  }
  // Companies c0 and on, each with one offer of ten seats, "p".
  void AddCompanies(int count, const std::string& scian = "336110") {
    for (int i = 0; i < count; ++i) {
      const std::string id = absl::StrCat("c", companies_++);
      AddCompany(id, scian);
      ASSERT_OK(OfferAt(id, 10));
    }
  }
  absl::StatusOr<v1::TrainingPlace> OfferAt(const std::string& company, int seats,
                                            const std::string& state = "11",
                                            const std::string& id = "p",
                                            const std::string& more = "") {
    return economy.Ask(
        &testing::Offers::CreateTrainingPlace,
        absl::StrCat("parent: 'companies/", company, "' training_place_id: '", id,
                     "' training_place { title_es: 'Soldadura' state_code: '", state,
                     "' start_date {", Day(first_quarter_), "} end_date {",
                     Day(first_quarter_ + 200), "} weekly_hours: 40 seat_count: ", seats,
                     " skills: 'skills/welding' ", more, testing::kProvenance, "}"));
  }
  static std::string Day(absl::CivilDay day) {
    return testing::Day(static_cast<int>(day.year()), day.month(), day.day());
  }
  // Stays at a company's offer, as they would be stored.
  void AddStays(const std::string& company, int count, int state = 2, int quarters_later = 0,
                const std::string& id = "p") {
    const std::string place = PlaceName(id, company);
    const absl::CivilDay day(first_quarter_.year(), first_quarter_.month() + 3 * quarters_later, 5);
    for (int i = 0; i < count; ++i) {
      Execute(absl::StrCat(
          "INSERT INTO place_reservation (id, version, state, training_place, organization,"
          " learner, company, company_learner, start_date, end_date, release_cause,"
          " break_off_party, break_off_cause, follow_up, source, record_kind, create_time,"
          " update_time) VALUES (UUID(), 1, ",
          state, ", '", place, "', 'organizations/utt', 'l", stays_++, "', 'companies/", company,
          "', UUID(), '", absl::FormatCivilTime(day), "', '", absl::FormatCivilTime(day + 9),
          "', 0, 0, 0, 0, 'test', 1, NOW(6), NOW(6))"));
    }
  }
  void Release() {
    ASSERT_OK(
        economy.Ask(&Figures::ReleasePlaces, absl::StrCat("request_id: '", crypto::Uuid4(), "'")));
    // A look that was asked for says so by the release that it makes, or by having seen the call.
    ASSERT_TRUE(Becomes([&] {
      return Count(
                 "SELECT COUNT(*) FROM journal_entry AS e LEFT JOIN journal_position AS p"
                 " ON p.entry_id = e.id WHERE p.position IS NULL OR p.position >"
                 " (SELECT COALESCE(MAX(position), -1) FROM figure_look)") == 0;
    }));
  }
  v1::StatePlaces Of(const std::string& state = "", const std::string& sector = "",
                     const std::string& release = "") {
    const auto summary =
        utt.Ask(&Figures::GetPlaceSummary,
                absl::StrCat(state.empty() ? "" : absl::StrCat("state_codes: '", state, "'"),
                             " scian_sector: '", sector, "' release: '", release, "'"));
    EXPECT_OK(summary);
    return summary.ok() && summary->states_size() == 1 ? summary->states(0) : v1::StatePlaces();
  }
  static bool Suppressed(const type::v1::Figure& figure) {
    return figure.mark() == type::v1::MARK_SUPPRESSED;
  }

  // The first quarter that begins after today.
  const absl::CivilDay first_quarter_ =
      absl::CivilDay(testing::Today().year(), (testing::Today().month() - 1) / 3 * 3 + 4, 1);
  int companies_ = 0;
  int stays_ = 0;
};

TEST_F(PlaceReleases, TellNothingBeforeTheFirst) {
  const v1::StatePlaces none = Of();
  EXPECT_EQ(none.offered_count().mark(), type::v1::MARK_MISSING);
  EXPECT_EQ(none.stay_count().mark(), type::v1::MARK_MISSING);
  ASSERT_OK_AND_ASSIGN(const auto skills,
                       utt.Ask(&Figures::GetSkillPlaces, "skills: 'skills/welding'"));
  EXPECT_EQ(skills.seats(0).count().mark(), type::v1::MARK_MISSING);
}

TEST_F(PlaceReleases, SumUpOffersWhoeverMadeThem) {
  AddCompanies(1);
  ASSERT_OK(OfferAt("c0", 7, "21", "q"));
  ASSERT_OK(OfferAt("c0", 100, "21", "paused", "skills: 'skills/gluing'"));
  ASSERT_OK(economy.Ask(&testing::Offers::PauseTrainingPlace, Named(PlaceName("paused", "c0"))));
  ASSERT_OK(OfferAt("c0", 1000 - 600, "21", "withdrawn"));
  ASSERT_OK(economy.Ask(
      &testing::Offers::CloseTrainingPlace,
      Named(PlaceName("withdrawn", "c0"), "close_reason: PLACE_CLOSE_REASON_WITHDRAWN")));
  Release();
  EXPECT_EQ(Of().offered_count().value(), 117);
  EXPECT_EQ(Of("11").offered_count().value(), 10) << "of one company: it is public";
  EXPECT_EQ(Of("21", "31-33").offered_count().value(), 107);
  const v1::StatePlaces none = Of("21", "81");
  EXPECT_EQ(none.offered_count().value(), 0) << "none, which is known";
  EXPECT_TRUE(none.offered_count().has_value());
  std::map<int, int64_t> by_state;
  const v1::StatePlaces all = Of();
  for (const auto& offers : all.offers()) by_state[offers.state()] = offers.seat_count().value();
  EXPECT_EQ(by_state, (std::map<int, int64_t>{{v1::TRAINING_PLACE_STATE_OPEN, 17},
                                              {v1::TRAINING_PLACE_STATE_PAUSED, 100}}));
  ASSERT_EQ(all.periods_size(), 1);
  EXPECT_EQ(ToCivilDay(all.periods(0).first_date()), first_quarter_);
  EXPECT_EQ(all.periods(0).offered_count().value(), 117);
  ASSERT_OK_AND_ASSIGN(
      const auto skills,
      utt.Ask(&Figures::GetSkillPlaces,
              "skills: 'skills/gluing' skills: 'skills/none' skills: 'skills/welding'"));
  EXPECT_EQ(skills.seats(0).count().value(), 100);
  EXPECT_EQ(skills.seats(1).count().value(), 0);
  EXPECT_EQ(skills.seats(2).count().value(), 117) << "each skill of a place has its seats";
}

TEST_F(PlaceReleases, TellStaysOfFourCompaniesAndTenStays) {
  AddCompanies(5);
  for (int i = 0; i < 5; ++i) AddStays(absl::StrCat("c", i), 3, i < 4 ? 3 : 2);
  Release();
  const v1::StatePlaces all = Of();
  EXPECT_EQ(all.stay_count().value(), 15);
  EXPECT_TRUE(all.has_as_of_time());
  EXPECT_EQ(Of("11").stay_count().value(), 15);
  EXPECT_THAT(all.stages(), IsEmpty()) << "three stays of one company would be the rest";
  EXPECT_TRUE(Suppressed(Of("21").stay_count())) << "nobody, which is not said";
}

TEST_F(PlaceReleases, HideFewStaysOfManyCompanies) {
  AddCompanies(9);
  for (int i = 0; i < 9; ++i) AddStays(absl::StrCat("c", i), 1);
  Release();
  EXPECT_TRUE(Suppressed(Of().stay_count())) << "nine";
}

TEST_F(PlaceReleases, TakeAGroupForOneCompany) {
  AddCompanies(3);
  for (int i = 0; i < 3; ++i) AddStays(absl::StrCat("c", i), 20);
  for (const char* id : {"d0", "d1"}) {
    AddCompany(id, "336110", "grupo");
    for (const char* state : {"11", "21"}) ASSERT_OK(OfferAt(id, 30, state, state));
    AddStays(id, 20, 2, 0, "11");
  }
  for (const char* id : {"c0", "c1"}) {
    ASSERT_OK(OfferAt(id, 30, "21", "other"));
    AddStays(id, 20, 2, 0, "other");
  }
  for (const char* id : {"d0", "d1"}) AddStays(id, 20, 2, 0, "21");
  Release();
  EXPECT_EQ(Of("11").stay_count().value(), 100) << "of four";
  EXPECT_TRUE(Suppressed(Of("21").stay_count())) << "of three";
  EXPECT_TRUE(Suppressed(Of().stay_count())) << "less the first, it would be those of the three";
}

// Who joins a group, or leaves it, is no change behind which somebody else's could be told.
TEST_F(PlaceReleases, AreNotChangedByWhoBelongsToWhichGroup) {
  AddCompanies(8);
  for (int i = 0; i < 8; ++i) AddStays(absl::StrCat("c", i), 5);
  Release();
  ASSERT_EQ(Of().stay_count().value(), 40);
  Execute("UPDATE company SET business_group = 'grupo' WHERE id IN ('c0', 'c1')");
  AddStays("c2", 30);
  Release();
  EXPECT_EQ(Of().stay_count().value(), 40) << "thirty more would be c2's";
  Execute("UPDATE company SET business_group = '' WHERE id = 'c0'");
  Release();
  EXPECT_EQ(Of().stay_count().value(), 40);
}

TEST_F(PlaceReleases, LetFewChangesWait) {
  AddCompanies(6);
  for (int i = 0; i < 6; ++i) AddStays(absl::StrCat("c", i), 5);
  Release();
  ASSERT_EQ(Of().stay_count().value(), 30);
  AddStays("c0", 2);
  Release();
  EXPECT_EQ(Of().stay_count().value(), 30) << "two more would be c0's";
  for (int i = 0; i < 6; ++i) AddStays(absl::StrCat("c", i), 2);
  Release();
  EXPECT_EQ(Of().stay_count().value(), 44);
}

TEST_F(PlaceReleases, CountNoReleasedReservationAndNoneOfGeneratedRecords) {
  AddCompanies(5);
  for (int i = 0; i < 5; ++i) AddStays(absl::StrCat("c", i), 3);
  for (int i = 0; i < 5; ++i) AddStays(absl::StrCat("c", i), 3, 5);
  Execute("UPDATE place_reservation SET record_kind = 2 WHERE company = 'companies/c4'");
  Release();
  EXPECT_EQ(Of().stay_count().value(), 12);
}

// Sums are those that the rows have, told or not, and never others.
TEST_F(PlaceReleases, AreWhatTheRowsComeToWhereTheyAreTold) {
  std::mt19937 random(20261130);
  const std::vector<std::string> sectors = {"336110", "541510", "811110"};
  for (int i = 0; i < 18; ++i) {
    const std::string id = absl::StrCat("r", i);
    AddCompany(id, sectors[random() % 3]);
    for (const char* state : {"09", "11", "21"}) {
      ASSERT_OK(OfferAt(id, 1 + static_cast<int>(random() % 9), state, absl::StrCat("s", state)));
      AddStays(id, static_cast<int>(random() % 6), 2 + static_cast<int>(random() % 3),
               static_cast<int>(random() % 2), absl::StrCat("s", state));
    }
  }
  Release();
  int told = 0;
  const auto check = [&](const type::v1::Figure& figure, const std::string& what,
                         const std::string& where) {
    if (!figure.has_value()) return;
    ++told;
    EXPECT_EQ(figure.value(), Count(absl::StrCat("SELECT COALESCE(SUM(", what, "), 0) ", where)))
        << where;
  };
  const std::string offers = "FROM training_place AS p WHERE TRUE";
  const std::string stays =
      "FROM place_reservation AS r JOIN training_place AS p"
      " ON r.training_place = CONCAT('companies/', p.company, '/trainingPlaces/', p.id) WHERE TRUE";
  for (const std::string state : {"", "09", "11", "21"}) {
    for (const std::string sector : {"", "31-33", "54", "81"}) {
      const std::string where = absl::StrCat(
          state.empty() ? "" : absl::StrCat(" AND p.state_code = '", state, "'"),
          sector.empty()
              ? ""
              : absl::StrCat(" AND p.scian_class LIKE '", sector == "31-33" ? "33" : sector, "%'"));
      const v1::StatePlaces places = Of(state, sector);
      check(places.offered_count(), "p.seat_count", offers + where);
      check(places.stay_count(), "1", stays + where);
      for (const type::v1::StageStays& stage : places.stages()) {
        // TAKEN is HELD or CONFIRMED, 1 and 2; STARTED 3; COMPLETED 4.
        check(stage.stay_count(), "1",
              absl::StrCat(stays, where, " AND GREATEST(r.state - 1, 1) = ", stage.stage()));
      }
      for (const v1::PeriodPlaces& period : places.periods()) {
        const std::string within = absl::StrCat(
            ".start_date BETWEEN '", absl::FormatCivilTime(ToCivilDay(period.first_date())),
            "' AND '", absl::FormatCivilTime(ToCivilDay(period.last_date())), "'");
        check(period.offered_count(), "p.seat_count", offers + where + " AND p" + within);
        check(period.stay_count(), "1", stays + where + " AND r" + within);
      }
    }
  }
  EXPECT_GT(told, 30);
}

TEST_F(PlaceReleases, AreKeptAndListed) {
  AddCompanies(1);
  Release();
  ASSERT_OK(OfferAt("c0", 5, "21", "q"));
  Release();
  ASSERT_OK_AND_ASSIGN(const auto all, economy.Ask(&Figures::ListPlaceReleases, ""));
  ASSERT_EQ(all.place_releases_size(), 2);
  const v1::PlaceRelease& first = all.place_releases(1);
  EXPECT_EQ(Of("", "", first.name()).offered_count().value(), 10) << "as it was";
  EXPECT_EQ(Of().offered_count().value(), 15);
  ASSERT_OK_AND_ASSIGN(const auto got, utt.Ask(&Figures::GetPlaceRelease,
                                               absl::StrCat("name: '", first.name(), "'")));
  EXPECT_EQ(got.name(), first.name());
  EXPECT_EQ(got.create_time().ShortDebugString(), first.create_time().ShortDebugString());
  EXPECT_THAT(utt.Ask(&Figures::GetPlaceSummary, "release: 'placeReleases/7'"),
              HasReason("PLACE_RELEASE_NOT_FOUND"));
  EXPECT_THAT(utt.Ask(&Figures::GetPlaceSummary, "scian_sector: '33'"),
              HasReason("INVALID_FIELDS"));
}

}  // namespace
}  // namespace puente::economy
