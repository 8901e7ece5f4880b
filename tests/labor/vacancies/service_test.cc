// Labor's services on a real database: contract, statistics, uploads.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/crypto/digest.h"
#include "modules/labor/module.h"
#include "puente/labor/v1/skill.grpc.pb.h"
#include "puente/labor/v1/standards.grpc.pb.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "schema/journal.h"
#include "schema/labor.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using VacancyStub = v1::VacancyService::Stub;
using SkillStub = v1::SkillService::Stub;
using StatisticsStub = v1::VacancyStatisticsService::Stub;

constexpr char kHeader[] =
    "isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,wednesday,"
    "thursday,friday,saturday,sunday,days_worked,state,municipality,education_level,experience,"
    "languages\n";

config::Server Config() {
  config::Server config;
  config.set_profiles("data/labor/profiles");
  return config;
}

sql::Target NewLaborSchema() { return Database::Shared().NewSchema(Labor().migrations); }

class LaborService : public ::testing::Test {
 protected:
  explicit LaborService(std::string caller = "supplier/portal")
      : target_(NewLaborSchema()),
        connection_(target_),
        module_(Labor(), target_, std::move(caller), Config()),
        vacancies_(module_.channel()),
        statistics_(module_.channel()) {}

  static v1::CreateVacancyRequest Welder(const std::string& id) {
    v1::CreateVacancyRequest request;
    request.set_vacancy_id(id);
    v1::Vacancy& vacancy = *request.mutable_vacancy();
    vacancy.set_offer("soldador");
    vacancy.mutable_offer_date()->set_year(2020);
    vacancy.mutable_offer_date()->set_month(8);
    vacancy.mutable_offer_date()->set_day(15);
    vacancy.set_state_code("14");
    vacancy.set_municipality("Zapopan");
    vacancy.mutable_monthly_wage()->set_currency_code("MXN");
    vacancy.mutable_monthly_wage()->set_units(8000);
    vacancy.set_contract_kind(v1::CONTRACT_KIND_INDEFINITE);
    vacancy.set_minutes_a_day(480);
    vacancy.set_days_a_week(6);
    vacancy.set_scian_class("336370");
    vacancy.set_scian_origin(v1::CODE_ORIGIN_STATED);
    vacancy.set_source("test");
    vacancy.set_record_kind(type::v1::RECORD_KIND_REAL);
    return request;
  }

  absl::StatusOr<v1::Vacancy> Create(const v1::CreateVacancyRequest& request) {
    return Called(vacancies_, &VacancyStub::CreateVacancy, request, &freshness_);
  }

  absl::StatusOr<v1::Vacancy> Close(const std::string& name, v1::CloseReason reason,
                                    const std::string& etag = "") {
    v1::CloseVacancyRequest request;
    request.set_name(name);
    request.set_reason(reason);
    request.set_etag(etag);
    return Called(vacancies_, &VacancyStub::CloseVacancy, request, &freshness_);
  }

  absl::StatusOr<v1::Vacancy> Get(const std::string& name) {
    v1::GetVacancyRequest request;
    request.set_name(name);
    return Called(vacancies_, &VacancyStub::GetVacancy, request);
  }

  // Figures that contain this test's last write.
  v1::VacancyStatistics Figures(v1::GetVacancyStatisticsRequest request = {}) {
    request.set_at_least(freshness_);
    const auto figures = Called(statistics_, &StatisticsStub::GetVacancyStatistics, request);
    EXPECT_OK(figures);
    return figures.ok() ? *figures : v1::VacancyStatistics();
  }

  absl::StatusOr<v1::LoadVacanciesResponse> Load(const std::string& file,
                                                 const std::string& request_id = "",
                                                 int64_t size = -1, size_t slice = 64 << 10) {
    v1::LoadVacanciesHeader header;
    header.set_request_id(request_id);
    if (size >= 0) header.set_size_bytes(size);
    return LoadAs(header, file, slice);
  }

  // What a check says of it.
  absl::StatusOr<v1::LoadVacanciesResponse> Check(const std::string& file) {
    v1::LoadVacanciesHeader header;
    header.set_validate_only(true);
    return LoadAs(header, file);
  }

  // Only if it is what was checked.
  absl::StatusOr<v1::LoadVacanciesResponse> LoadChecked(const std::string& file,
                                                        const std::string& check,
                                                        size_t slice = 64 << 10) {
    v1::LoadVacanciesHeader header;
    header.set_check(check);
    return LoadAs(header, file, slice);
  }

  absl::StatusOr<v1::LoadVacanciesResponse> LoadAs(v1::LoadVacanciesHeader header,
                                                   const std::string& file,
                                                   size_t slice = 64 << 10) {
    if (header.source().empty()) header.set_source("portal-del-empleo");
    header.set_profile("portal-empleo-2020");
    header.set_record_kind(type::v1::RECORD_KIND_REAL);
    if (header.size_bytes() == 0) header.set_size_bytes(static_cast<int64_t>(file.size()));
    grpc::ClientContext context;
    v1::LoadVacanciesResponse response;
    auto writer = vacancies_.LoadVacancies(&context, &response);
    v1::LoadVacanciesRequest message;
    *message.mutable_header() = std::move(header);
    writer->Write(message);
    for (size_t at = 0; at < file.size(); at += slice) {
      message.set_content(file.substr(at, slice));
      if (!writer->Write(message)) break;
    }
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
    if (!status.ok()) return FromGrpc(status);
    if (!response.freshness_token().empty()) freshness_ = response.freshness_token();
    return response;
  }

  int64_t Stored() { return MustCount(connection_, "SELECT COUNT(*) FROM vacancy"); }

  const sql::Target target_;
  sql::Connection connection_;
  HostedModule module_;
  VacancyStub vacancies_;
  StatisticsStub statistics_;
  std::string freshness_;
};

std::string RealFile() {
  std::ifstream file("../shared/data/mexico-vacancies-2020.csv");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string Row(int wage, const std::string& state = "Jalisco") {
  return absl::StrCat("2020-08-01,soldador,", wage,
                      ",Contrato por tiempo indeterminado,800,1600,8.0,1,1,1,1,1,0,0,5,", state,
                      ",Zapopan,Licenciatura,No especificada,No es requisito\n");
}

// A file of so many rows, all different.
std::string Rows(int count) {
  std::string file = kHeader;
  for (int i = 0; i < count; ++i) file += Row(3000 + i);
  return file;
}

TEST_F(LaborService, JudgesWhatIsRecorded) {
  ASSERT_OK_AND_ASSIGN(const v1::Vacancy vacancy, Create(Welder("w")));
  EXPECT_EQ(vacancy.state(), v1::VACANCY_STATE_OPEN);
  EXPECT_EQ(vacancy.supplier(), "supplier/portal");
  EXPECT_EQ(vacancy.quality().verdict(), v1::OUTCOME_PASSED);
  EXPECT_EQ(vacancy.post_count(), 1);
  ASSERT_OK_AND_ASSIGN(const v1::Vacancy got, Get(vacancy.name()));
  EXPECT_EQ(got.SerializeAsString(), vacancy.SerializeAsString());
}

TEST_F(LaborService, ClosingTwiceKeepsTheFirstReason) {
  ASSERT_OK(Create(Welder("w")));
  ASSERT_OK(Close("vacancies/w", v1::CLOSE_REASON_FILLED));
  EXPECT_THAT(Close("vacancies/w", v1::CLOSE_REASON_WITHDRAWN),
              HasReason("VACANCY_ALREADY_CLOSED"));
  ASSERT_OK_AND_ASSIGN(const v1::Vacancy got, Get("vacancies/w"));
  EXPECT_EQ(got.close_reason(), v1::CLOSE_REASON_FILLED);
}

TEST_F(LaborService, AnEtagOfAnEarlierVersionIsRefused) {
  ASSERT_OK(Create(Welder("w")));
  EXPECT_THAT(Close("vacancies/w", v1::CLOSE_REASON_FILLED, "v7"), HasReason("ETAG_MISMATCH"));
  EXPECT_OK(Close("vacancies/w", v1::CLOSE_REASON_FILLED, "v1"));
}

TEST_F(LaborService, ASupplierClosesOnlyItsOwn) {
  ASSERT_OK(Create(Welder("w")));
  HostedModule other(Labor(), target_, "supplier/other", Config());
  VacancyStub stub(other.channel());
  v1::CloseVacancyRequest request;
  request.set_name("vacancies/w");
  request.set_reason(v1::CLOSE_REASON_FILLED);
  EXPECT_THAT(Called(stub, &VacancyStub::CloseVacancy, request), HasReason("OWNER_MISMATCH"));
  HostedModule ministry(Labor(), target_, "agency/labor", Config());
  VacancyStub own(ministry.channel());
  EXPECT_OK(Called(own, &VacancyStub::CloseVacancy, request));
}

TEST_F(LaborService, AnUnknownSkillIsNamed) {
  auto request = Welder("w");
  request.mutable_vacancy()->add_skills("skills/none");
  EXPECT_THAT(Create(request), HasReason("SKILL_NOT_FOUND"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM vacancy"), 0);
}

TEST_F(LaborService, ClosedVacanciesLeaveTheFigures) {
  for (const std::string id : {"a", "b", "c"}) ASSERT_OK(Create(Welder(id)));
  EXPECT_EQ(Figures().vacancy_count(), 3);
  EXPECT_EQ(Figures().median_monthly_wage().units(), 8000);
  ASSERT_OK(Close("vacancies/b", v1::CLOSE_REASON_FILLED));
  const v1::VacancyStatistics figures = Figures();
  EXPECT_EQ(figures.vacancy_count(), 2);
  EXPECT_EQ(figures.quality().verdict().passed(), 2);
  EXPECT_EQ(figures.wage_count(), 2);
}

TEST_F(LaborService, GeneratedRecordsAreLeftOutWhereRealOnesExist) {
  auto generated = Welder("g");
  generated.mutable_vacancy()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
  generated.mutable_vacancy()->set_source("sample");
  ASSERT_OK(Create(generated));
  EXPECT_EQ(Figures().record_kind(), type::v1::RECORD_KIND_GENERATED);
  EXPECT_EQ(Figures().vacancy_count(), 1);
  ASSERT_OK(Create(Welder("r")));
  const v1::VacancyStatistics figures = Figures();
  EXPECT_EQ(figures.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(figures.vacancy_count(), 1);
  EXPECT_THAT(figures.sources(), ::testing::ElementsAre("test"));
}

TEST_F(LaborService, AVacancyThatFitsSeveralPrefixesCountsOnce) {
  ASSERT_OK(Create(Welder("w")));
  v1::GetVacancyStatisticsRequest request;
  for (const char* prefix : {"336", "3363", "336370", "336", "22"}) {
    request.add_scian_prefixes(prefix);
  }
  EXPECT_EQ(Figures(request).vacancy_count(), 1);
  request.add_state_codes("14");
  request.add_state_codes("14");
  EXPECT_EQ(Figures(request).vacancy_count(), 1);
  request.clear_state_codes();
  request.add_state_codes("09");
  EXPECT_EQ(Figures(request).vacancy_count(), 0);
}

TEST_F(LaborService, WhatStatesNoClassIsLeftOutAndSaid) {
  auto unclassified = Welder("u");
  unclassified.mutable_vacancy()->clear_scian_class();
  unclassified.mutable_vacancy()->clear_scian_origin();
  ASSERT_OK(Create(unclassified));
  v1::GetVacancyStatisticsRequest request;
  request.add_scian_prefixes("336");
  v1::VacancyStatistics figures = Figures(request);
  EXPECT_FALSE(figures.has_vacancy_count());  // never a guess of 0
  EXPECT_EQ(figures.unclassified_count(), 1);
  EXPECT_THAT(figures.could_not_split(), ::testing::ElementsAre("sector"));
  ASSERT_OK(Create(Welder("w")));
  figures = Figures(request);
  EXPECT_EQ(figures.vacancy_count(), 1);
  EXPECT_EQ(figures.unclassified_count(), 1);
}

TEST_F(LaborService, AMedianBetweenTwoWagesIsExact) {
  auto low = Welder("low");
  auto high = Welder("high");
  low.mutable_vacancy()->mutable_monthly_wage()->set_units(6000);
  high.mutable_vacancy()->mutable_monthly_wage()->set_units(6000);
  high.mutable_vacancy()->mutable_monthly_wage()->set_nanos(10'000'000);
  ASSERT_OK(Create(low));
  ASSERT_OK(Create(high));
  const google::type::Money median = Figures().median_monthly_wage();
  EXPECT_EQ(median.units(), 6000);
  EXPECT_EQ(median.nanos(), 5'000'000);  // half a centavo
}

TEST_F(LaborService, TheListBehindAFigureHasAsManyRows) {
  for (const std::string id : {"a", "b", "c", "d"}) {
    auto request = Welder(id);
    if (id == "d") request.mutable_vacancy()->set_days_a_week(7);
    ASSERT_OK(Create(request));
  }
  ASSERT_OK(Close("vacancies/a", v1::CLOSE_REASON_FILLED));
  for (const auto& [filter, rows] : std::map<std::string, int>{
           {"", 4},
           {"record_kind = REAL AND state = OPEN", 3},
           {"record_kind = REAL AND state = OPEN AND state_code = \"14\"", 3},
           {"record_kind = REAL AND state = OPEN AND verdict = FAILED", 1},
           {"record_kind = REAL AND state = OPEN AND state_code = \"14\" AND verdict = PASSED", 2},
           {"record_kind = REAL AND state = OPEN AND scian_class = \"336*\"", 3},
           {"record_kind = REAL AND state = OPEN AND state_code = \"09\" AND scian_class = "
            "\"336*\"",
            0}}) {
    v1::ListVacanciesRequest request;
    request.set_filter(filter);
    const auto page = Called(vacancies_, &VacancyStub::ListVacancies, request);
    ASSERT_OK(page);
    EXPECT_EQ(page->vacancies_size(), rows) << filter;
  }
}

TEST_F(LaborService, LoadingAgainChangesNothing) {
  const std::string file = absl::StrCat(kHeader, Row(6000), Row(6000), Row(7000));
  ASSERT_OK_AND_ASSIGN(const auto first, Load(file));
  EXPECT_EQ(first.loaded_count(), 3);  // equal rows are vacancies of their own
  ASSERT_OK_AND_ASSIGN(const auto second, Load(file));
  EXPECT_EQ(second.loaded_count(), 0);
  EXPECT_EQ(second.unchanged_count(), 3);
  EXPECT_EQ(Figures().vacancy_count(), 3);
}

TEST_F(LaborService, ARepeatedUploadReplaysItsChunks) {
  const std::string id = crypto::Uuid4();
  const std::string file = absl::StrCat(kHeader, Row(6000), Row(7000));
  ASSERT_OK_AND_ASSIGN(const auto first, Load(file, id));
  ASSERT_OK_AND_ASSIGN(const auto again, Load(file, id));
  EXPECT_EQ(again.loaded_count(), 2);
  EXPECT_EQ(again.freshness_token(), first.freshness_token());
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 1);
  EXPECT_THAT(Load(absl::StrCat(kHeader, Row(9000)), id), HasReason("REQUEST_ID_REUSED"));
}

TEST_F(LaborService, BadRowsAreReportedAndGoodOnesLoaded) {
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

TEST_F(LaborService, ACutFileLoadsItsWholeRows) {
  const std::string whole = absl::StrCat(kHeader, Row(6000), Row(7000), Row(8000));
  const std::string cut = whole.substr(0, whole.size() - 40);
  ASSERT_OK_AND_ASSIGN(const auto loaded, Load(cut, "", static_cast<int64_t>(whole.size()), 7));
  EXPECT_TRUE(loaded.truncated());
  EXPECT_EQ(loaded.loaded_count(), 2);
  EXPECT_EQ(loaded.rejected_count(), 1);
}

TEST_F(LaborService, ACheckSaysWhatALoadWouldDoAndStoresNothing) {
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

TEST_F(LaborService, WhatWasCheckedIsLoadedHoweverItIsSliced) {
  const std::string file = Rows(2500);
  ASSERT_OK_AND_ASSIGN(const auto checked, Check(file));
  EXPECT_EQ(checked.check().size(), 4 * crypto::kDigestBytes);
  ASSERT_OK_AND_ASSIGN(const auto loaded, LoadChecked(file, checked.check(), 999));
  EXPECT_EQ(loaded.loaded_count(), 2500);
  EXPECT_EQ(loaded.check(), "");
  ASSERT_OK_AND_ASSIGN(const auto again, LoadChecked(file, checked.check()));
  EXPECT_EQ(again.unchanged_count(), 2500);
}

TEST_F(LaborService, AFileThatWasCutCannotBeLoadedStrictly) {
  v1::LoadVacanciesHeader header;
  header.set_validate_only(true);
  header.set_size_bytes(1'000'000);
  ASSERT_OK_AND_ASSIGN(const auto checked, LoadAs(header, absl::StrCat(kHeader, Row(6000))));
  EXPECT_TRUE(checked.truncated());
  EXPECT_EQ(checked.check(), "");
}

// Each stores nothing but what comes before the first difference.
TEST_F(LaborService, AFileThatIsNotTheCheckedOneIsRefused) {
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

TEST_F(LaborService, ACheckIsOfOneHeaderAndIsTakenWhole) {
  const std::string file = Rows(3);
  ASSERT_OK_AND_ASSIGN(const auto checked, Check(file));
  v1::LoadVacanciesHeader header;
  header.set_check(checked.check());
  header.set_source("another");
  EXPECT_THAT(LoadAs(header, file), HasReason("FILE_CHANGED"));
  for (const std::string& check :
       {std::string("x"), checked.content_digest(), checked.check().substr(0, 63),
        std::string(crypto::kDigestBytes, '\0') + checked.check().substr(crypto::kDigestBytes)}) {
    EXPECT_THAT(LoadChecked(file, check), HasReason("FILE_CHANGED"));
  }
  EXPECT_EQ(Stored(), 0);
}

TEST_F(LaborService, FilesThatCannotBeReadAreRefusedWhole) {
  EXPECT_THAT(Load(""), HasReason("FILE_EMPTY"));
  EXPECT_THAT(Load("a,b,c\n1,2,3\n"), HasReason("FILE_COLUMNS"));
  std::string latin1 = absl::StrCat(kHeader, Row(6000, "M\xe9xico"));
  EXPECT_THAT(Load(latin1), HasReason("FILE_ENCODING"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM vacancy"), 0);
}

TEST_F(LaborService, AnUnknownProfileListsTheKnownOnes) {
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

TEST_F(LaborService, TheRealFileGivesTheNationsFigures) {
  const std::string file = RealFile();
  if (file.empty()) GTEST_SKIP() << "../shared/data is not there";
  ASSERT_OK_AND_ASSIGN(const auto loaded, Load(file));
  EXPECT_EQ(loaded.loaded_count(), 10'173);
  const v1::VacancyStatistics figures = Figures();
  EXPECT_EQ(figures.vacancy_count(), 10'173);
  EXPECT_EQ(figures.median_monthly_wage().units(), 6000);
  EXPECT_EQ(figures.asking_english_count(), 499);
  EXPECT_EQ(figures.hours_suspect_count(), 210);
  EXPECT_EQ(figures.first_offer_date().day(), 1);
  EXPECT_EQ(figures.last_offer_date().day(), 31);
  const auto triple = [](const v1::OutcomeCounts& counts) {
    return std::vector<int64_t>{counts.passed(), counts.failed(), counts.unknown()};
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(triple(figures.quality().wage()), ElementsAre(3279, 6894, 0));
  EXPECT_THAT(triple(figures.quality().contract()), ElementsAre(8730, 1395, 48));
  EXPECT_THAT(triple(figures.quality().hours()), ElementsAre(2699, 7474, 0));
  EXPECT_THAT(triple(figures.quality().rest()), ElementsAre(8140, 2033, 0));
  EXPECT_THAT(triple(figures.quality().verdict()), ElementsAre(647, 9522, 4));
}

}  // namespace
}  // namespace puente::labor
