// Files of municipalities in the layout of INEGI's catalogue, each row acknowledged. The points are
// made up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "puente/economy/v1/municipality.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/economy/work.h"

namespace puente::economy {
namespace {

using puente::testing::HasReason;
using puente::testing::RowsOf;
using puente::testing::SendFile;
using ::testing::ElementsAre;

class MunicipalityLoads : public testing::Work {
 protected:
  static std::string Row(const std::string& code, const std::string& latitude = "20.50000049",
                         const std::string& longitude = "-101.25000050",
                         const std::string& state = "11", const std::string& seat = "0001") {
    return absl::StrCat(code, seat, ",", state, ",Guanajuato,Gto.,", code.substr(2), ",Municipio ",
                        code, ",", seat, ",Cabecera,U,\"20°30´00\"\"N\",\"101°15´00\"\"W\",",
                        latitude, ",", longitude, ",1800\n");
  }
  std::vector<std::string> Sent(const std::string& rows) {
    api::v1::LoadRecordsHeader header;
    header.set_profile("inegi-ageeml");
    header.set_source("test");
    header.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    const auto done = SendFile(ministry_.channel(), header,
                               "CVEGEO,CVE_ENT,NOM_ENT,NOM_ABR,CVE_MUN,NOM_MUN,CVE_LOC,NOM_LOC,"
                               "AMBITO,LATITUD,LONGITUD,LAT_DECIMAL,LON_DECIMAL,ALTITUD\n" +
                                   rows);
    EXPECT_OK(done);
    left_out_ = done.ok() ? done->load().left_out_count() : -1;
    return done.ok() ? RowsOf(ministry_.channel(), done->load().name())
                     : std::vector<std::string>();
  }
  absl::StatusOr<v1::Municipality> Get(const std::string& code) {
    return economy.Ask(&v1::MunicipalityService::Stub::GetMunicipality,
                       absl::StrCat("name: 'municipalities/", code, "'"));
  }

  int64_t left_out_ = 0;  // of the file sent last
  puente::testing::HostedModule ministry_{Economy(), database, "agency/economy",
                                          puente::testing::WithProfiles("economy")};
};

TEST_F(MunicipalityLoads, KeepTheSeatToTheNearestMillionth) {
  EXPECT_THAT(Sent(Row("11001")), ElementsAre("1 TAKEN"));
  ASSERT_OK_AND_ASSIGN(const auto municipality, Get("11001"));
  EXPECT_EQ(municipality.state_code(), "11");
  EXPECT_EQ(municipality.label_es(), "Municipio 11001");
  EXPECT_EQ(municipality.latitude_microdegrees(), 20'500'000);
  EXPECT_EQ(municipality.longitude_microdegrees(), -101'250'001);
  EXPECT_THAT(Sent(Row("11001") + Row("11002", "21")), ElementsAre("1 UNCHANGED", "2 TAKEN"));
  EXPECT_THAT(Sent(Row("11001", "20.6")), ElementsAre("1 CHANGED"));
}

// The catalogue is of all localities, 300,000 of them: what is no seat is no error.
TEST_F(MunicipalityLoads, LeaveOutAndCountWhatIsNoSeat) {
  const std::string file = Row("11001") + Row("11001", "north", "-100", "11", "0002") +
                           Row("11002", "21", "-100", "11", "") + Row("11003");
  EXPECT_THAT(Sent(file), ElementsAre("1 TAKEN", "4 TAKEN"));
  EXPECT_EQ(left_out_, 2);
  EXPECT_THAT(Sent(file), ElementsAre("1 UNCHANGED", "4 UNCHANGED"));
  EXPECT_EQ(left_out_, 2);
  EXPECT_THAT(Sent(Row("11004", "20", "-100", "11", "0002")), ElementsAre());
  EXPECT_EQ(left_out_, 1);
}

TEST_F(MunicipalityLoads, SayWhatIsWrongWithEachRow) {
  EXPECT_THAT(
      Sent(Row("11001", "91") + Row("11002", "13.999999") + Row("11003", "20", "101.25") +
           Row("11004", "\"20,5\"") + Row("11005", "20", "-86.0") +
           Row("11006", "20", "-85.9999999") + Row("11007", "", "-100") + Row("11008", "north") +
           Row("33001", "20", "-100", "33") + Row("1109") + Row("11005") + Row("11010", "--20")),
      ElementsAre("1 REFUSED LAT_DECIMAL TOO_LARGE", "2 REFUSED LAT_DECIMAL TOO_SMALL",
                  "3 REFUSED LON_DECIMAL TOO_LARGE", "4 REFUSED LAT_DECIMAL NUMBER", "5 TAKEN",
                  "6 REFUSED LON_DECIMAL TOO_LARGE", "7 REFUSED LAT_DECIMAL REQUIRED",
                  "8 REFUSED LAT_DECIMAL NUMBER", "9 REFUSED CVE_ENT NOT_A_STATE",
                  "10 REFUSED CVEGEO PATTERN", "11 REFUSED CVEGEO ROW_REPEATED",
                  "12 REFUSED LAT_DECIMAL NUMBER"));
}

}  // namespace
}  // namespace puente::economy
