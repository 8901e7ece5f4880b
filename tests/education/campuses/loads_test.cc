// A file of campuses is taken row by row, each acknowledged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "modules/education/module.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/folder.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using api::v1::Load;
using api::v1::LoadRecordsHeader;
using api::v1::LoadService;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::RowsOf;
using ::puente::testing::SendFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kColumns[] =
    "CLAVECCT,TURNO,NOMBRECT,ENTIDAD,MUNICIPIO,LOCALIDAD,DOMICILIO,NIVEL,CONTROL\n";

std::string Row(const std::string& cct, const std::string& name = "Plantel Uno",
                const std::string& state = "Puebla") {
  return absl::StrCat(cct, ",MATUTINO,", name, ",", state, ",Cholula,,,,PÚBLICO\n");
}

config::Server Profiles(const std::string& folder = "data/education/profiles") {
  config::Server config;
  config.set_profiles(folder);
  return config;
}

class CampusLoads : public ::testing::Test {
 protected:
  CampusLoads()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        connection_(target_),
        education_(Education(), target_, "agency/education", Profiles()) {
    EXPECT_OK(Called(*v1::OrganizationService::NewStub(education_.channel()),
                     &v1::OrganizationService::Stub::CreateOrganization,
                     testing::NewOrganization("conalep")));
  }

  static LoadRecordsHeader Header() {
    LoadRecordsHeader header;
    header.set_profile("sep-centros-de-trabajo");
    header.set_parent("organizations/conalep");
    header.set_source("sep-cct");
    header.set_record_kind(type::v1::RECORD_KIND_REAL);
    return header;
  }
  absl::StatusOr<api::v1::LoadRecordsResponse> Send(const std::string& rows,
                                                    const LoadRecordsHeader& header = Header()) {
    return SendFile(education_.channel(), header, kColumns + rows);
  }
  // "taken changed unchanged refused"
  static std::string Counts(const Load& load) {
    return absl::StrCat(load.taken_count(), " ", load.changed_count(), " ", load.unchanged_count(),
                        " ", load.refused_count());
  }
  absl::StatusOr<v1::Campus> Get(const std::string& id) {
    v1::GetCampusRequest request;
    request.set_name("organizations/conalep/campuses/" + id);
    return Called(*v1::CampusService::NewStub(education_.channel()),
                  &v1::CampusService::Stub::GetCampus, request);
  }
  int64_t Campuses() { return MustCount(connection_, "SELECT COUNT(*) FROM campus"); }

  const sql::Target target_;
  sql::Connection connection_;
  HostedModule education_;
};

TEST_F(CampusLoads, MakeRecordsUnderTheirKeys) {
  ASSERT_OK_AND_ASSIGN(const auto done, Send(Row("21DTC0001A")));
  EXPECT_EQ(done.load().state(), api::v1::LOAD_STATE_FINISHED);
  EXPECT_EQ(Counts(done.load()), "1 0 0 0");
  EXPECT_FALSE(done.freshness_token().empty());
  ASSERT_OK_AND_ASSIGN(const v1::Campus campus, Get("21dtc0001a"));
  EXPECT_EQ(campus.title_es(), "Plantel Uno");
  EXPECT_EQ(campus.cct(), "21DTC0001A");
  EXPECT_EQ(campus.state_code(), "21");
  EXPECT_EQ(campus.source(), "sep-cct");
  EXPECT_EQ(campus.record_kind(), type::v1::RECORD_KIND_REAL);
}

TEST_F(CampusLoads, SayOfEachRowWhatBecameOfIt) {
  ASSERT_OK(Send(Row("21DTC0001A") + Row("21DTC0002B")));
  ASSERT_OK_AND_ASSIGN(
      const auto done,
      Send(Row("21DTC0001A") + Row("21DTC0002B", "Otro nombre") + Row("21DTC0003C") +
           Row("99DTC0001A", "Plantel", "Texas") + Row("21DTC0003C") + Row("") + "21DTC0004D,x\n"));
  EXPECT_EQ(Counts(done.load()), "1 1 1 4");
  EXPECT_EQ(done.refused_rows_size(), 4);
  EXPECT_EQ(done.refused_rows(0).line(), 5);
  EXPECT_EQ(done.refused_rows(0).name(), "organizations/conalep/campuses/99dtc0001a");
  const std::vector<std::string> refused = {
      "4 REFUSED CLAVECCT PATTERN ENTIDAD NOT_A_STATE", "5 REFUSED CLAVECCT ROW_REPEATED",
      "6 REFUSED CLAVECCT REQUIRED", "7 REFUSED  TOO_FEW_FIELDS"};
  EXPECT_THAT(RowsOf(education_.channel(), done.load().name()),
              ElementsAre("1 UNCHANGED", "2 CHANGED", "3 TAKEN", refused[0], refused[1], refused[2],
                          refused[3]));
  EXPECT_EQ(RowsOf(education_.channel(), done.load().name(), /*refused_only=*/true), refused);
  ASSERT_OK_AND_ASSIGN(const v1::Campus changed, Get("21dtc0002b"));
  EXPECT_EQ(changed.title_es(), "Otro nombre");
}

TEST_F(CampusLoads, OfTheSameFileAgainChangeNothing) {
  const std::string rows = Row("21DTC0001A") + Row("21DTC0002B");
  ASSERT_OK(Send(rows));
  ASSERT_OK_AND_ASSIGN(const v1::Campus before, Get("21dtc0001a"));
  ASSERT_OK_AND_ASSIGN(const auto again, Send(rows));
  EXPECT_EQ(Counts(again.load()), "0 0 2 0");
  ASSERT_OK_AND_ASSIGN(const v1::Campus after, Get("21dtc0001a"));
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
}

TEST_F(CampusLoads, ThatAreRepeatedAreOneLoad) {
  LoadRecordsHeader header = Header();
  header.set_request_id(crypto::Uuid4());
  ASSERT_OK_AND_ASSIGN(const auto first, Send(Row("21DTC0001A") + Row("x"), header));
  ASSERT_OK_AND_ASSIGN(const auto second, Send(Row("21DTC0001A") + Row("x"), header));
  EXPECT_EQ(second.load().SerializeAsString(), first.load().SerializeAsString());
  EXPECT_EQ(RowsOf(education_.channel(), first.load().name()).size(), 2u);
  EXPECT_THAT(Send(Row("21DTC0002B"), header), HasReason("REQUEST_ID_REUSED"));
}

std::string ManyRows(int count) {
  std::string rows;
  for (int i = 1; i <= count; ++i) {
    rows += Row(absl::StrCat("21DTC", absl::Dec(i, absl::kZeroPad4), "A"));
  }
  return rows;
}

TEST_F(CampusLoads, ThatBreakOffGoOnWhereTheyWere) {
  constexpr int kRows = 2500;
  LoadRecordsHeader header = Header();
  header.set_request_id(crypto::Uuid4());
  {
    grpc::ClientContext context;
    api::v1::LoadRecordsResponse response;
    auto stub = LoadService::NewStub(education_.channel());
    const auto writer = stub->LoadRecords(&context, &response);
    api::v1::LoadRecordsRequest message;
    *message.mutable_header() = header;
    writer->Write(message);
    message.set_content(kColumns + ManyRows(1500));  // and in the middle of the second batch
    writer->Write(message);
    ASSERT_TRUE(puente::testing::Becomes([&] { return Campuses() == 1000; }));
    context.TryCancel();
    writer->WritesDone();
    EXPECT_FALSE(writer->Finish().ok());
  }
  auto stub = LoadService::NewStub(education_.channel());
  ASSERT_OK_AND_ASSIGN(const auto broken,
                       Called(*stub, &LoadService::Stub::ListLoads, api::v1::ListLoadsRequest()));
  ASSERT_EQ(broken.loads_size(), 1);
  EXPECT_EQ(broken.loads(0).state(), api::v1::LOAD_STATE_OPEN);
  EXPECT_EQ(Counts(broken.loads(0)), "1000 0 0 0");
  ASSERT_OK_AND_ASSIGN(const auto done, Send(ManyRows(kRows), header));
  EXPECT_EQ(done.load().name(), broken.loads(0).name());
  EXPECT_EQ(done.load().state(), api::v1::LOAD_STATE_FINISHED);
  EXPECT_EQ(Counts(done.load()), absl::StrCat(kRows, " 0 0 0"));
  EXPECT_EQ(RowsOf(education_.channel(), done.load().name(), false, 1000).size(), size_t{kRows});
}

// Of two at once each row is taken by one, and found by the other.
TEST_F(CampusLoads, OfTheSameRowsAtOnceTakeEachOnce) {
  const std::string rows = ManyRows(3000);
  absl::StatusOr<api::v1::LoadRecordsResponse> one, other;
  std::thread beside([&] { other = Send(rows); });
  one = Send(rows);
  beside.join();
  ASSERT_OK(one);
  ASSERT_OK(other);
  EXPECT_EQ(one->load().taken_count() + other->load().taken_count(), 3000);
  EXPECT_EQ(one->load().unchanged_count() + other->load().unchanged_count(), 3000);
  EXPECT_EQ(Campuses(), 3000);
}

TEST_F(CampusLoads, ThatAreCheckedStoreNothing) {
  LoadRecordsHeader header = Header();
  header.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const auto done, Send(Row("21DTC0001A") + Row("x"), header));
  EXPECT_EQ(Counts(done.load()), "1 0 0 1");
  EXPECT_EQ(done.load().name(), "");
  EXPECT_EQ(Campuses(), 0);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM record_load"), 0);
}

TEST_F(CampusLoads, KeepRefusedRowsFromNothingElse) {
  LoadRecordsHeader header = Header();
  header.set_parent("organizations/nobody");
  ASSERT_OK_AND_ASSIGN(const auto done, Send(Row("21DTC0001A"), header));
  EXPECT_THAT(RowsOf(education_.channel(), done.load().name()),
              ElementsAre("1 REFUSED parent ORGANIZATION_NOT_FOUND"));
  EXPECT_EQ(Campuses(), 0);
}

// A row in the middle is cut: its quotation mark never closes, and what follows is no part of it.
TEST_F(CampusLoads, OfAHundredThousandRowsRefuseTheOneThatIsCut) {
  std::string rows;
  constexpr int kRows = 100'000, kCut = 50'000;
  for (int i = 1; i <= kRows; ++i) {
    const std::string cct = absl::StrCat("21DTC", absl::Dec(i % 10'000, absl::kZeroPad4),
                                         std::string(1, 'A' + i / 10'000));
    rows += i == kCut ? cct + ",MATUTINO,\"Plantel\n" : Row(cct);
  }
  ASSERT_OK_AND_ASSIGN(const auto done, Send(rows));
  EXPECT_EQ(Counts(done.load()), absl::StrCat(kRows - 1, " 0 0 1"));
  EXPECT_THAT(RowsOf(education_.channel(), done.load().name(), /*refused_only=*/true),
              ElementsAre("50000 REFUSED  ROW_TOO_LONG"));
  EXPECT_EQ(Campuses(), kRows - 1);
}

TEST_F(CampusLoads, AreSeenByTheAgencyAndWhoeverMadeThem) {
  ASSERT_OK_AND_ASSIGN(const auto done, Send(Row("21DTC0001A")));
  HostedModule other(Education(), target_, "organization/utt", Profiles());
  auto stub = LoadService::NewStub(other.channel());
  api::v1::GetLoadRequest request;
  request.set_name(done.load().name());
  EXPECT_THAT(Called(*stub, &LoadService::Stub::GetLoad, request), HasReason("LOAD_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const auto none,
                       Called(*stub, &LoadService::Stub::ListLoads, api::v1::ListLoadsRequest()));
  EXPECT_EQ(none.loads_size(), 0);
  auto own = LoadService::NewStub(education_.channel());
  ASSERT_OK_AND_ASSIGN(const Load read, Called(*own, &LoadService::Stub::GetLoad, request));
  EXPECT_EQ(read.SerializeAsString(), done.load().SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const auto all,
                       Called(*own, &LoadService::Stub::ListLoads, api::v1::ListLoadsRequest()));
  EXPECT_EQ(all.loads_size(), 1);
}

TEST_F(CampusLoads, HaveTheRightsOfTheRecordsOwnMethods) {
  HostedModule school(Education(), target_, "organization/utt", Profiles());
  LoadRecordsHeader header = Header();
  header.clear_source();
  ASSERT_OK_AND_ASSIGN(const auto done,
                       SendFile(school.channel(), header, kColumns + Row("21DTC0001A")));
  EXPECT_THAT(RowsOf(school.channel(), done.load().name()),
              ElementsAre("1 REFUSED  OWNER_MISMATCH"));
  HostedModule economy(Education(), target_, "agency/economy", Profiles());
  EXPECT_THAT(SendFile(economy.channel(), Header(), kColumns + Row("21DTC0001A")),
              HasReason("CALLER_REFUSED"));
}

TEST_F(CampusLoads, RefuseAHeaderThatLacksSomething) {
  LoadRecordsHeader header = Header();
  header.clear_parent();
  const absl::Status no_parent = Send(Row("21DTC0001A"), header).status();
  EXPECT_THAT(no_parent, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(no_parent, "field"), "header.parent");
  header = Header();
  header.clear_record_kind();
  EXPECT_THAT(Send(Row("21DTC0001A"), header), HasReason("INVALID_FIELDS"));
  header = Header();
  header.set_profile("unknown");
  const absl::Status unknown = Send(Row("21DTC0001A"), header).status();
  EXPECT_THAT(unknown, HasReason("PROFILE_NOT_FOUND"));
  EXPECT_THAT(MetadataOf(unknown, "known"), HasSubstr("conocer-renec, "));
  EXPECT_THAT(std::string(unknown.message()), HasSubstr(", sep-centros-de-trabajo."))
      << "all of them, however many";
}

// A layout that is wrong is refused to whoever names it, and keeps nobody from the others.
TEST(Loads, OfAWrongProfileAreRefusedAndNoOthers) {
  const ::puente::testing::Folder own;
  const std::filesystem::path folder = own.path();
  std::filesystem::copy("data/education/profiles", folder);
  std::ofstream(folder / "broken.json") << "{";
  std::ofstream(folder / "astray.json")
      << R"({"profile": "astray", "about": "a", "collection": "campuses", "columns": [
          {"column": "a", "field": "title_es", "key": "planet"}]})";
  HostedModule education(Education(), Database::Shared().NewSchema(Education().migrations),
                         "agency/education", Profiles(folder.string()));
  const auto send = [&](const std::string& profile) {
    LoadRecordsHeader header;
    header.set_profile(profile);
    header.set_parent("organizations/conalep");
    header.set_source("sep");
    header.set_record_kind(type::v1::RECORD_KIND_REAL);
    return SendFile(education.channel(), header, kColumns + Row("21DTC0001A")).status();
  };
  EXPECT_THAT(send("broken"), HasReason("INVALID_PROFILE"));
  const absl::Status astray = send("astray");
  EXPECT_THAT(astray, HasReason("INVALID_PROFILE"));
  EXPECT_EQ(MetadataOf(astray, "place"), "$.columns[0].key");
  EXPECT_OK(send("sep-centros-de-trabajo"));
}

}  // namespace
}  // namespace puente::education
