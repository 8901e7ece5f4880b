// Files of vacancies, loaded through the service.

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "tests/labor/vacancies/hosted.h"

namespace puente::labor {
namespace {

using ::puente::testing::HasReason;
using ::puente::testing::MustCount;

class LoadVacancies : public LaborService {};

TEST_F(LoadVacancies, LoadingAgainChangesNothing) {
  const std::string file = absl::StrCat(kHeader, Row(6000), Row(6000), Row(7000));
  ASSERT_OK_AND_ASSIGN(const auto first, Load(file));
  EXPECT_EQ(first.loaded_count(), 3);  // equal rows are vacancies of their own
  ASSERT_OK_AND_ASSIGN(const auto second, Load(file));
  EXPECT_EQ(second.loaded_count(), 0);
  EXPECT_EQ(second.unchanged_count(), 3);
  EXPECT_EQ(Figures().vacancy_count(), 3);
}

TEST_F(LoadVacancies, ARepeatedUploadReplaysItsChunks) {
  const std::string id = crypto::Uuid4();
  const std::string file = absl::StrCat(kHeader, Row(6000), Row(7000));
  ASSERT_OK_AND_ASSIGN(const auto first, Load(file, id));
  ASSERT_OK_AND_ASSIGN(const auto again, Load(file, id));
  EXPECT_EQ(again.loaded_count(), 2);
  EXPECT_EQ(again.freshness_token(), first.freshness_token());
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 1);
  EXPECT_THAT(Load(absl::StrCat(kHeader, Row(9000)), id), HasReason("REQUEST_ID_REUSED"));
}

TEST_F(LoadVacancies, BadRowsAreReportedAndGoodOnesLoaded) {
  const std::string file =
      absl::StrCat(kHeader, Row(6000), absl::StrReplaceAll(Row(7000), {{"7000", "a lot"}}),
                   Row(8000, "Narnia"), Row(9000));
  ASSERT_OK_AND_ASSIGN(const auto loaded, Load(file));
  EXPECT_EQ(loaded.loaded_count(), 2);
  EXPECT_EQ(loaded.rejected_count(), 2);
  ASSERT_EQ(loaded.errors_size(), 2);
  EXPECT_EQ(loaded.errors(0).line(), 3);
  EXPECT_EQ(loaded.errors(0).field(), "salary");
  EXPECT_EQ(loaded.errors(1).field(), "state");
  EXPECT_FALSE(loaded.errors(1).remedy().empty());
}

TEST_F(LoadVacancies, OfADayThatIsToComeAreRefused) {
  const absl::CivilDay later = LegalDay(absl::Now()) + 2;
  const std::string row =
      absl::StrReplaceAll(Row(6000), {{"2020-08-01", absl::FormatCivilTime(later)}});
  ASSERT_OK_AND_ASSIGN(const auto loaded, Load(absl::StrCat(kHeader, row)));
  EXPECT_EQ(loaded.loaded_count(), 0);
  ASSERT_EQ(loaded.errors_size(), 1);
  EXPECT_EQ(loaded.errors(0).rule(), "OFFER_TO_COME");
  auto request = Welder("w");
  *request.mutable_vacancy()->mutable_offer_date() = ToProto(later);
  EXPECT_THAT(Create(request), HasReason("INVALID_FIELDS"));
}

TEST_F(LoadVacancies, ANumberUnderWhichSomethingElseIsStoredIsRefused) {
  config::Server config;
  config.set_profiles("tests/labor/vacancies/profiles");
  testing::HostedModule module(Labor(), target_, "supplier/portal", config);
  VacancyStub stub(module.channel());
  const std::string columns =
      "Folio;Entidad;Municipio;Puesto;Publicada;Sueldo;Jornada;Días;Contrato;Idiomas;SCIAN;SINCO;"
      "Plazas\n";
  const auto row = [](const std::string& number, const char* wage) {
    return absl::StrCat(number, ";sonora;;soldador;31/12/2025;", wage,
                        ";480;5;Planta;English:B|Deutsch;336410;7212;3\n");
  };
  v1::LoadVacanciesHeader header;
  header.set_profile("bolsa-estatal");
  const std::string first = absl::StrCat(columns, row("F-1", "12.500,50"), row("s/n", "9.000"));
  ASSERT_OK_AND_ASSIGN(const auto loaded, Upload(stub, header, first));
  EXPECT_EQ(loaded.loaded_count(), 2);

  const std::string corrected =
      absl::StrCat(columns, row("s/n", "9.500"), row("F-1", "13.000"), row("F-2", "9.000"));
  header.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const auto checked, Upload(stub, header, corrected));
  EXPECT_EQ(checked.loaded_count(), 2);
  EXPECT_EQ(checked.rejected_count(), 1);
  EXPECT_EQ(checked.check(), "");
  header.set_validate_only(false);
  ASSERT_OK_AND_ASSIGN(const auto second, Upload(stub, header, corrected));
  EXPECT_EQ(second.read_count(), 3);
  EXPECT_EQ(second.loaded_count(), 2);
  EXPECT_EQ(second.unchanged_count(), 0);
  EXPECT_EQ(second.rejected_count(), 1);
  ASSERT_EQ(second.errors_size(), 1);
  EXPECT_EQ(second.errors(0).line(), 3);
  EXPECT_EQ(second.errors(0).rule(), "NUMBER_STORED_OTHERWISE");
  ASSERT_OK_AND_ASSIGN(const auto again, Upload(stub, header, first));
  EXPECT_EQ(again.unchanged_count(), 2);
  EXPECT_EQ(again.rejected_count(), 0);

  std::string many = columns, changed = columns;
  for (int i = 0; i <= 1100; ++i) {
    const std::string number = absl::StrCat("N-", i);
    many += row(number, "9.000");
    changed += row(number, i < 1100 ? "9.000" : "9.001");
  }
  ASSERT_OK(Upload(stub, header, many));
  ASSERT_OK_AND_ASSIGN(const auto last, Upload(stub, header, changed));
  EXPECT_EQ(last.unchanged_count(), 1100);
  ASSERT_EQ(last.errors_size(), 1);
  EXPECT_EQ(last.errors(0).line(), 1102) << "of the second batch";
}

TEST_F(LoadVacancies, ACutFileLoadsItsWholeRows) {
  const std::string whole = absl::StrCat(kHeader, Row(6000), Row(7000), Row(8000));
  const std::string cut = whole.substr(0, whole.size() - 40);
  ASSERT_OK_AND_ASSIGN(const auto loaded, Load(cut, "", static_cast<int64_t>(whole.size()), 7));
  EXPECT_TRUE(loaded.truncated());
  EXPECT_EQ(loaded.loaded_count(), 2);
  EXPECT_EQ(loaded.rejected_count(), 1);
}

TEST_F(LoadVacancies, ACheckSaysWhatALoadWouldDoAndStoresNothing) {
  ASSERT_OK(Load(absl::StrCat(kHeader, Row(6000))));
  const std::string file = absl::StrCat(kHeader, Row(6000), Row(7000), Row(8000, "Narnia"));
  ASSERT_OK_AND_ASSIGN(const auto checked, Check(file));
  EXPECT_EQ(checked.read_count(), 3);
  EXPECT_EQ(checked.loaded_count(), 1);
  EXPECT_EQ(checked.unchanged_count(), 1);
  EXPECT_EQ(checked.rejected_count(), 1);
  EXPECT_EQ(checked.errors_size(), 1);
  EXPECT_EQ(checked.content_digest(), crypto::Sha256(file));
  EXPECT_EQ(checked.freshness_token(), "");
  EXPECT_EQ(checked.check(), "");  // a bad row: nothing to load strictly
  EXPECT_EQ(Stored(), 1);
  EXPECT_THAT(Check("a,b,c\n1,2,3\n"), HasReason("FILE_COLUMNS"));
}

TEST_F(LoadVacancies, WhatWasCheckedIsLoadedHoweverItIsSliced) {
  const std::string file = Rows(2500);
  ASSERT_OK_AND_ASSIGN(const auto checked, Check(file));
  EXPECT_EQ(checked.check().size(), 4 * crypto::kDigestBytes);
  ASSERT_OK_AND_ASSIGN(const auto loaded, LoadChecked(file, checked.check(), 999));
  EXPECT_EQ(loaded.loaded_count(), 2500);
  EXPECT_EQ(loaded.check(), "");
  ASSERT_OK_AND_ASSIGN(const auto again, LoadChecked(file, checked.check()));
  EXPECT_EQ(again.unchanged_count(), 2500);
}

TEST_F(LoadVacancies, AFileThatWasCutCannotBeLoadedStrictly) {
  v1::LoadVacanciesHeader header;
  header.set_validate_only(true);
  header.set_size_bytes(1'000'000);
  ASSERT_OK_AND_ASSIGN(const auto checked, LoadAs(header, absl::StrCat(kHeader, Row(6000))));
  EXPECT_TRUE(checked.truncated());
  EXPECT_EQ(checked.check(), "");
}

// Each stores nothing but what comes before the first difference.
TEST_F(LoadVacancies, AFileThatIsNotTheCheckedOneIsRefused) {
  const std::string file = Rows(2500);
  ASSERT_OK_AND_ASSIGN(const auto checked, Check(file));
  const std::string last_row = Row(3000 + 2499);
  struct Case {
    const char* name;
    std::string file;
    int loaded;
  };
  for (const Case& c : std::vector<Case>{
           {"first row", absl::StrReplaceAll(file, {{",3000,", ",3001,"}}), 0},
           {"columns that change places",
            absl::StrReplaceAll(file, {{"municipality,education_level,experience",
                                        "experience,education_level,municipality"}}),
            0},
           {"a bad row in the second chunk", absl::StrReplaceAll(file, {{",4500,", ",lots,"}}),
            1000},
           {"last row", absl::StrReplaceAll(file, {{",5499,", ",9999,"}}), 2000},
           {"one row more", file + last_row, 2000},
           {"one bad row more", file + "x\n", 2000},
           {"an empty line more", file + "\n", 2000},
           {"the last row gone", file.substr(0, file.size() - last_row.size()), 2000}}) {
    SCOPED_TRACE(c.name);
    const absl::Status refused = LoadChecked(c.file, checked.check()).status();
    EXPECT_THAT(refused, HasReason("FILE_CHANGED"));
    EXPECT_EQ(MetadataOf(refused, "loaded"), std::to_string(c.loaded));
    EXPECT_EQ(Stored(), c.loaded);
    testing::MustExecute(connection_, "DELETE FROM vacancy");
  }
}

TEST_F(LoadVacancies, ACheckIsOfOneHeaderAndIsTakenWhole) {
  const std::string file = Rows(3);
  ASSERT_OK_AND_ASSIGN(const auto checked, Check(file));
  v1::LoadVacanciesHeader header;
  header.set_check(checked.check());
  header.set_source("test");  // the supplier's other one
  EXPECT_THAT(LoadAs(header, file), HasReason("FILE_CHANGED"));
  for (const std::string& check :
       {std::string("x"), checked.content_digest(), checked.check().substr(0, 63),
        std::string(crypto::kDigestBytes, '\0') + checked.check().substr(crypto::kDigestBytes)}) {
    EXPECT_THAT(LoadChecked(file, check), HasReason("FILE_CHANGED"));
  }
  EXPECT_EQ(Stored(), 0);
}

TEST_F(LoadVacancies, FilesThatCannotBeReadAreRefusedWhole) {
  EXPECT_THAT(Load(""), HasReason("FILE_EMPTY"));
  EXPECT_THAT(Load("a,b,c\n1,2,3\n"), HasReason("FILE_COLUMNS"));
  std::string latin1 = absl::StrCat(kHeader, Row(6000, "M\xe9xico"));
  EXPECT_THAT(Load(latin1), HasReason("FILE_ENCODING"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM vacancy"), 0);
}

TEST_F(LoadVacancies, AnUnknownProfileListsTheKnownOnes) {
  grpc::ClientContext context;
  v1::LoadVacanciesResponse response;
  auto writer = vacancies_.LoadVacancies(&context, &response);
  v1::LoadVacanciesRequest message;
  message.mutable_header()->set_profile("none");
  message.mutable_header()->set_source("x");
  message.mutable_header()->set_record_kind(type::v1::RECORD_KIND_REAL);
  writer->Write(message);
  writer->WritesDone();
  const absl::Status status = FromGrpc(writer->Finish());
  EXPECT_THAT(status, HasReason("PROFILE_NOT_FOUND"));
  EXPECT_TRUE(absl::StrContains(MetadataOf(status, "known"), "portal-empleo-2020"));
}

}  // namespace
}  // namespace puente::labor
