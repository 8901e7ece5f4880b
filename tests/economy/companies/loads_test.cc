// Files of companies: DENUE's columns, and RFCs as the register writes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/names/rfc.h"
#include "modules/economy/module.h"
#include "nlohmann/json.hpp"
#include "puente/economy/v1/company.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente::economy {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::RowsOf;
using ::puente::testing::SendFile;
using ::testing::ElementsAre;

config::Server Profiles(const std::string& folder) {
  config::Server config;
  config.set_profiles(folder);
  return config;
}

class CompanyLoads : public ::testing::Test {
 protected:
  explicit CompanyLoads(const std::string& profiles = "data/economy/profiles")
      : economy_(Economy(), Database::Shared().NewSchema(Economy().migrations), "agency/economy",
                 Profiles(profiles)) {}

  std::vector<std::string> Send(const std::string& profile, const std::string& file) {
    api::v1::LoadRecordsHeader header;
    header.set_profile(profile);
    header.set_source("test");
    header.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    const auto done = SendFile(economy_.channel(), header, file);
    EXPECT_OK(done);
    return done.ok() ? RowsOf(economy_.channel(), done->load().name()) : std::vector<std::string>();
  }
  v1::Company Get(const std::string& id) {
    v1::GetCompanyRequest request;
    request.set_name("companies/" + id);
    const auto company = Called(*v1::CompanyService::NewStub(economy_.channel()),
                                &v1::CompanyService::Stub::GetCompany, request);
    EXPECT_OK(company);
    return company.value_or(v1::Company());
  }

  HostedModule economy_;
};

constexpr char kDenue[] =
    "id,clee,nom_estab,raz_social,codigo_act,nombre_act,per_ocu,cve_ent,entidad,telefono,"
    "correoelec\n";

TEST_F(CompanyLoads, TakeTheColumnsOfDenue) {
  const std::string rows =
      "6834451,01,EL TALLER,AUTOPARTES MUESTRA SA DE CV,336360,Asientos,251 y más personas,11,"
      "GUANAJUATO,,\n"
      "6834452,01,TIENDITA,,461110,Abarrotes,0 a 5 personas,11,GUANAJUATO,,\n"
      "6834453,01,X,X SA,33A,Otra,muchas,Guanajuato,GUANAJUATO,,\n";
  EXPECT_THAT(Send("inegi-denue", kDenue + rows),
              ElementsAre("1 TAKEN", "2 REFUSED raz_social REQUIRED",
                          "3 REFUSED codigo_act PATTERN per_ocu NOT_IN_PROFILE"));
  const v1::Company company = Get("denue-6834451");
  EXPECT_EQ(company.legal_name(), "AUTOPARTES MUESTRA SA DE CV");
  EXPECT_EQ(company.size(), v1::COMPANY_SIZE_LARGE);
  EXPECT_EQ(company.state(), v1::COMPANY_STATE_REGISTERED);
  EXPECT_EQ(company.state_code(), "11");
}

TEST_F(CompanyLoads, LeaveWhatTheFileDoesNotState) {
  const std::string row = "1,,,UNO SA,336360,,31 a 50 personas,11,,,\n";
  Send("inegi-denue", kDenue + row);
  v1::UpdateCompanyRequest request;
  request.mutable_company()->set_name("companies/denue-1");
  request.mutable_company()->set_business_group("grupo-uno");
  request.mutable_update_mask()->add_paths("business_group");
  ASSERT_OK(Called(*v1::CompanyService::NewStub(economy_.channel()),
                   &v1::CompanyService::Stub::UpdateCompany, request));
  EXPECT_THAT(Send("inegi-denue", kDenue + row), ElementsAre("1 UNCHANGED"));
  EXPECT_THAT(Send("inegi-denue", kDenue + std::string("1,,,UNO SA,336360,,,12,,,\n")),
              ElementsAre("1 CHANGED"));
  const v1::Company company = Get("denue-1");
  EXPECT_EQ(company.business_group(), "grupo-uno");
  EXPECT_EQ(company.size(), v1::COMPANY_SIZE_UNSPECIFIED);  // the file states none
  EXPECT_EQ(company.state_code(), "12");
}

class RegisterLoads : public CompanyLoads {
 protected:
  RegisterLoads() : CompanyLoads("tests/economy/companies/profiles") {}
};

// tests/agencies/mexican-identifiers.json says where its vectors come from. An RFC of 13 characters
// is a natural person's, and refused as such; a wrong check digit is a warning.
TEST_F(RegisterLoads, HoldRfcsToTheirFormAndWarnOfTheirCheckDigit) {
  std::ifstream file("tests/agencies/mexican-identifiers.json");
  const auto vectors = nlohmann::json::parse(file);
  int number = 0;
  const auto outcome = [&](const std::string& rfc) {
    const auto rows = Send("registro", absl::StrCat("clave,nombre,rfc,actividad,estado\nE ",
                                                    ++number, ",Muestra,", rfc, ",336,Puebla\n"));
    return rows.empty() ? "" : rows.front();
  };
  int taken = 0;
  for (const char* kind : {"valid", "in_use_with_wrong_check_digit"}) {
    for (const auto& json : vectors["rfc"][kind]) {
      const std::string rfc = json.get<std::string>();
      EXPECT_EQ(outcome(rfc), rfc.size() == 12 ? "1 TAKEN" : "1 REFUSED rfc PATTERN") << rfc;
      if (rfc.size() != 12) continue;
      ++taken;
      EXPECT_FALSE(Get(absl::StrCat("e-", number)).rfc_check_digit_differs()) << rfc;
      std::string wrong = rfc;
      wrong.back() = rfc.back() == '0' ? '1' : '0';
      EXPECT_EQ(outcome(wrong), "1 TAKEN") << wrong;
      EXPECT_TRUE(Get(absl::StrCat("e-", number)).rfc_check_digit_differs()) << wrong;
    }
  }
  EXPECT_GT(taken, 0);
  for (const char* wrong :
       {"MAB9313148T4", "MAB9307328T4", "mab9307148t4", "MAB9307148TB", "MAB"}) {
    EXPECT_EQ(outcome(wrong), "1 REFUSED rfc PATTERN") << wrong;
  }
}

}  // namespace
}  // namespace puente::economy
