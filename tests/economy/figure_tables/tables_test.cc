// Tables of figures of Economy: what they say is what the rows come to, by SQL of the test's own.
#include <gmock/gmock.h>

#include <map>
#include <string>

#include "puente/economy/v1/place_release.grpc.pb.h"
#include "tests/economy/training_places/places.h"
#include "tests/testing/extracts.h"
#include "tests/testing/released.h"

namespace puente::economy {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::RowsOf;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using Rows = std::map<std::string, std::string>;

class FigureTables : public testing::Places {
 protected:
  void AddCompany(const std::string& id, const std::string& scian) {
    EXPECT_OK(economy.Ask(
        &v1::CompanyService::Stub::CreateCompany,
        absl::StrCat("company_id: '", id, "' company { legal_name: 'E' scian_class: '", scian,
                     "' state_code: '11' size: COMPANY_SIZE_LARGE ", testing::kProvenance, "}")));
    EXPECT_OK(economy.Ask(&v1::CompanyService::Stub::ConfirmCompany,
                          Named(absl::StrCat("companies/", id), "reason: 'C'")));
  }
  void OfferAt(const std::string& company, const std::string& id, const std::string& state,
               int seats, int first) {
    EXPECT_OK(economy.Ask(&testing::Offers::CreateTrainingPlace,
                          absl::StrCat("parent: 'companies/", company, "' training_place_id: '", id,
                                       "' training_place { title_es: 'Soldadura' state_code: '",
                                       state, "' start_date {", testing::In(first), "} end_date {",
                                       testing::In(first + 90), "} weekly_hours: 40 seat_count: ",
                                       seats, " skills: 'skills/welding' skills: 'skills/", id,
                                       "' ", testing::kProvenance, "}")));
  }
  void AddStays(const std::string& company, const std::string& place, int count) {
    for (int i = 0; i < count; ++i) {
      Execute(absl::StrCat(
          "INSERT INTO place_reservation (id, version, state, training_place, organization,"
          " learner, company, company_learner, start_date, end_date, release_cause,"
          " break_off_party, break_off_cause, follow_up, source, record_kind, create_time,"
          " update_time) VALUES (UUID(), 1, 3, '",
          PlaceName(place, company), "', 'organizations/utt', UUID(), 'companies/", company,
          "', UUID(), CURDATE(), CURDATE(), 0, 0, 0, 0, 'test', 1, NOW(6), NOW(6))"));
    }
  }
  void Release() {
    ASSERT_OK(economy.Ask(&v1::PlaceReleaseService::Stub::ReleasePlaces,
                          absl::StrCat("request_id: '", crypto::Uuid4(), "'")));
    ASSERT_TRUE(Becomes([&] {
      return Count(
                 "SELECT COUNT(*) FROM journal_entry AS e LEFT JOIN journal_position AS p"
                 " ON p.entry_id = e.id WHERE p.position IS NULL OR p.position >"
                 " (SELECT COALESCE(MAX(position), -1) FROM figure_look)") == 0;
    }));
  }
  Rows RowsBy(const std::string& text) { return puente::testing::RowsBy(connection, text); }
  std::string FileOf(const std::vector<std::string>& tables) {
    return puente::testing::FileOf(Economy(), database, tables);
  }
};

TEST_F(FigureTables, SayNothingBeforeTheFirstRelease) {
  const std::string file = FileOf({"place-offers", "place-stays"});
  EXPECT_THAT(RowsOf(file, "place-offers"), IsEmpty());
  EXPECT_THAT(RowsOf(file, "place-stays"), IsEmpty());
  const auto head = puente::testing::LinesOf(file).front().head();
  EXPECT_EQ(head.record_kind(), type::v1::RECORD_KIND_REAL);
  ASSERT_EQ(head.sources_size(), 2);
  EXPECT_EQ(head.sources(0).table(), "place-offers");
  EXPECT_EQ(head.sources(0).release(), "");
}

TEST_F(FigureTables, SayZeroWhereThereIsNothing) {
  Release();
  const std::string file = FileOf({"agreements", "place-offers", "proposals"});
  EXPECT_EQ(RowsOf(file, "place-offers"), (Rows{{"_T _T _T _T", "0"}}));
  EXPECT_EQ(RowsOf(file, "agreements"), (Rows{{"_T _T", "0"}}));
  EXPECT_EQ(RowsOf(file, "proposals"), (Rows{{"_T _T", "0"}}));
  for (const auto& line : puente::testing::LinesOf(file)) {
    if (!line.has_table()) continue;
    EXPECT_TRUE(line.table().absent_is_zero()) << line.table().table();
  }
}

TEST_F(FigureTables, SayWhatOffersComeTo) {
  const std::vector<std::string> classes = {"336110", "541510", "811110"};
  for (int i = 0; i < 9; ++i) {
    const std::string id = absl::StrCat("c", i);
    AddCompany(id, classes[i % 3]);
    OfferAt(id, "p", i % 2 == 0 ? "09" : "21", 3 + i, 10);
    OfferAt(id, "q", "32", 1 + i * i, 120);
  }
  ASSERT_OK(economy.Ask(&testing::Offers::PauseTrainingPlace, Named(PlaceName("q", "c3"))));
  Release();
  const std::string file = FileOf({"place-offers", "place-skills"});
  const std::string parts =
      "SELECT p.state_code AS a, CASE LEFT(p.scian_class, 2) WHEN '33' THEN '31-33' ELSE"
      " LEFT(p.scian_class, 2) END AS b,"
      " CONCAT(YEAR(p.start_date), '-Q', QUARTER(p.start_date)) AS c,"
      " IF(p.state = 1, 'OPEN', 'PAUSED') AS d, p.seat_count AS n FROM training_place AS p";
  // All sums, by sums over all subsets of the dimensions.
  std::string all;
  for (int sums = 0; sums < 16; ++sums) {
    absl::StrAppend(&all, sums == 0 ? "" : " UNION ALL ", "SELECT CONCAT_WS(' ', ",
                    sums & 1 ? "'_T'" : "a", ", ", sums & 2 ? "'_T'" : "b", ", ",
                    sums & 4 ? "'_T'" : "c", ", ", sums & 8 ? "'_T'" : "d",
                    ") AS codes, CAST(SUM(n) AS CHAR) FROM (", parts, ") AS t GROUP BY codes");
  }
  const Rows wanted = RowsBy(all);
  EXPECT_EQ(RowsOf(file, "place-offers"), wanted);
  EXPECT_EQ(wanted.at("_T _T _T _T"),
            absl::StrCat(Count("SELECT SUM(seat_count) FROM training_place")));
  EXPECT_EQ(RowsOf(file, "place-skills"),
            RowsBy("SELECT CONCAT(s, ' ', a), CAST(SUM(seat_count) AS CHAR) FROM (SELECT"
                   " 'skills/welding' AS s, state_code AS a, seat_count FROM training_place"
                   " UNION ALL SELECT CONCAT('skills/', id), state_code, seat_count FROM"
                   " training_place UNION ALL SELECT 'skills/welding', '_T', seat_count FROM"
                   " training_place UNION ALL SELECT CONCAT('skills/', id), '_T', seat_count FROM"
                   " training_place) AS t GROUP BY s, a"));
  const auto head = puente::testing::LinesOf(file).front().head();
  EXPECT_THAT(head.sources(0).release(), StartsWith("placeReleases/"));
  EXPECT_TRUE(head.sources(0).has_release_time());
}

TEST_F(FigureTables, MarkStaysThatAreNotToldWhereSeatsAreOffered) {
  for (int i = 0; i < 5; ++i) {
    const std::string id = absl::StrCat("c", i);
    AddCompany(id, i < 4 ? "336110" : "541510");
    OfferAt(id, "p", "11", 10, 10);
    AddStays(id, "p", 4);
  }
  Release();
  const Rows stays = RowsOf(FileOf({"place-stays"}), "place-stays");
  EXPECT_EQ(stays.at("_T _T _T _T"), "20");
  EXPECT_EQ(stays.at("11 _T _T _T"), "20");
  EXPECT_EQ(stays.at("11 54 _T _T"), "-") << "of one company";
  EXPECT_EQ(stays.at("11 31-33 _T _T"), "-") << "the rest would be of one company";
  EXPECT_EQ(stays.at("_T _T _T BROKEN"), "-");
  EXPECT_FALSE(stays.contains("09 _T _T _T")) << "nothing is offered there";
}

TEST_F(FigureTables, CountAgreementsAndProposals) {
  ASSERT_OK(Plan("s1", testing::Day(2026, 1, 5)));
  ASSERT_OK(Hold("s1"));
  for (const char* id : {"a", "b", "c"}) {
    ASSERT_OK(economy.Ask(
        &v1::AgreementService::Stub::CreateAgreement,
        absl::StrCat("agreement_id: '", id,
                     "' agreement { session: 'sectorTables/auto/sessions/s1' text_es: 'A'"
                     " owner: 'agency/labor' due_date {",
                     testing::In(9), "} ", testing::kProvenance, "}")));
  }
  ASSERT_OK(economy.Ask(&v1::AgreementService::Stub::DropAgreement,
                        "name: 'agreements/c' reason: 'Ya no'"));
  ASSERT_OK(Propose(economy, "p", testing::kEconomy));
  const std::string file = FileOf({"agreements", "proposals"});
  EXPECT_EQ(RowsOf(file, "agreements"), (Rows{{"sectorTables/auto OPEN", "2"},
                                              {"sectorTables/auto DROPPED", "1"},
                                              {"sectorTables/auto _T", "3"},
                                              {"_T OPEN", "2"},
                                              {"_T DROPPED", "1"},
                                              {"_T _T", "3"}}));
  EXPECT_EQ(RowsOf(file, "proposals").at("NEW_MICROCREDENTIAL SUBMITTED"), "1");
}

TEST_F(FigureTables, SayWhatIsToldOfDemand) {
  for (int i = 0; i < 6; ++i) {
    const std::string id = absl::StrCat("c", i);
    AddCompany(id, "336110");
    ASSERT_OK(State(id, "s"));
  }
  ASSERT_TRUE(puente::testing::DemandIsReleased(database));
  const Rows demand = RowsOf(FileOf({"demand"}), "demand");
  EXPECT_EQ(demand.at("_T _T _T"), "18 6");
  EXPECT_EQ(demand.at("sectorTables/auto 11 skills/welding"), "18 6");
  EXPECT_EQ(demand.at("sectorTables/auto 09 _T"), "- -");
  EXPECT_FALSE(demand.contains("sectorTables/auto 09 skills/welding"));
}

}  // namespace
}  // namespace puente::economy
