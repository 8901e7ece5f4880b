// Files of training places: each row is acknowledged, and is what a call would have made of it.
#include <gmock/gmock.h>

#include "tests/agencies/load_file.h"
#include "tests/economy/training_places/places.h"

namespace puente::economy {
namespace {

using puente::testing::HasReason;
using puente::testing::RowsOf;
using puente::testing::SendFile;
using ::testing::ElementsAre;
using testing::Today;

class PlaceLoads : public testing::Places {
 protected:
  static std::string Row(const std::string& id, const std::string& seats = "3",
                         const std::string& state = "11", int last = 90) {
    return absl::StrCat(id, ",Soldadura,Welding,", state, ",León,7322,skills/welding;skills/plc,",
                        absl::FormatCivilTime(Today()), ",", absl::FormatCivilTime(Today() + last),
                        ",", seats, ",40,Beca,,Mayor de edad,\n");
  }
  absl::StatusOr<api::v1::LoadRecordsResponse> Send(puente::testing::HostedModule& module,
                                                    const std::string& company,
                                                    const std::string& rows) {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-training-places");
    header.set_parent("companies/" + company);
    return SendFile(module.channel(), header,
                    "training_place_id,title_es,title_en,state_code,municipality,occupation_code,"
                    "skills,start_date,end_date,seat_count,weekly_hours,conditions_es,"
                    "conditions_en,requirements_es,requirements_en\n" +
                        rows);
  }
  std::vector<std::string> Sent(const std::string& rows) {
    const auto done = Send(company_, "acme", rows);
    EXPECT_OK(done);
    return done.ok() ? RowsOf(company_.channel(), done->load().name()) : std::vector<std::string>();
  }

  puente::testing::HostedModule company_{Economy(), database, "company/acme",
                                         puente::testing::WithProfiles("economy")};
};

TEST_F(PlaceLoads, AcknowledgeEachRow) {
  EXPECT_THAT(Sent(Row("one") + Row("two", "501") + Row("three", "2", "33") +
                   Row("four", "2", "11", -1) + Row("one") + Row("five", "1")),
              ElementsAre("1 TAKEN", "2 REFUSED seat_count TOO_LARGE",
                          "3 REFUSED state_code NOT_A_STATE", "4 REFUSED end_date NOT_BEFORE",
                          "5 REFUSED training_place_id ROW_REPEATED", "6 TAKEN"));
  ASSERT_OK_AND_ASSIGN(const auto place, GetPlace(PlaceName("one")));
  EXPECT_EQ(place.seat_count(), 3);
  EXPECT_THAT(place.skills(), ElementsAre("skills/welding", "skills/plc"));
  EXPECT_EQ(place.scian_class(), "336110");
  EXPECT_EQ(place.source(), "company.acme");
  EXPECT_EQ(Seats(acme, PlaceName("one")).free(), 3);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE kind = 'training_places.turn'"), 2);
  EXPECT_THAT(Sent(Row("one") + Row("five", "1")), ElementsAre("1 UNCHANGED", "2 UNCHANGED"));
}

TEST_F(PlaceLoads, KeepWhatIsReserved) {
  ASSERT_THAT(Sent(Row("one", "2")), ElementsAre("1 TAKEN"));
  ASSERT_OK(Reserve(utt, PlaceName("one"), "ana"));
  ASSERT_OK(Reserve(utt, PlaceName("one"), "luz"));
  EXPECT_THAT(Sent(Row("one", "1")), ElementsAre("1 REFUSED seat_count SEATS_TAKEN"));
  EXPECT_THAT(Sent(Row("one", "2", "11", 5)), ElementsAre("1 REFUSED end_date DAYS_RESERVED"));
  EXPECT_THAT(Sent(Row("one", "4")), ElementsAre("1 CHANGED"));
  EXPECT_EQ(Taken(PlaceName("one")), "4: 2 held, 0 confirmed, 0 started");
}

TEST_F(PlaceLoads, AreOfAChamberForCompaniesThatAgreed) {
  puente::testing::HostedModule chamber(Economy(), database, "chamber/a",
                                        puente::testing::WithProfiles("economy"));
  const auto sent = [&](const std::string& company) {
    const auto done = Send(chamber, company, Row("one"));
    EXPECT_OK(done);
    return done.ok() ? RowsOf(chamber.channel(), done->load().name()) : std::vector<std::string>();
  };
  ASSERT_OK(Consent("acme", "places", "a", "acts: CONSENT_ACT_OFFER_PLACES"));
  EXPECT_THAT(sent("acme"), ElementsAre("1 TAKEN"));
  EXPECT_THAT(sent("globex"), ElementsAre(::testing::HasSubstr("OWNER_MISMATCH")));
  ASSERT_OK_AND_ASSIGN(const auto place, GetPlace(PlaceName("one")));
  EXPECT_EQ(place.chamber(), "chambers/a");
}

}  // namespace
}  // namespace puente::economy
