// Labor's module on a real database, with vacancies to record, load and count.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/labor/hosted.h"
#include "tests/testing/example_file.h"
#include "tests/testing/status.h"

namespace puente::labor {

using VacancyStub = v1::VacancyService::Stub;
using StatisticsStub = v1::VacancyStatisticsService::Stub;

inline constexpr char kHeader[] =
    "isodate,offer,salary,contract_type,start_hour,end_hour,hours_worked,monday,tuesday,wednesday,"
    "thursday,friday,saturday,sunday,days_worked,state,municipality,education_level,experience,"
    "languages\n";

// The module on a schema of its own, as a supplier sees it.
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
    return testing::Called(vacancies_, &VacancyStub::CreateVacancy, request, &freshness_);
  }

  absl::StatusOr<v1::Vacancy> Close(const std::string& name, v1::CloseReason reason,
                                    const std::string& etag = "") {
    v1::CloseVacancyRequest request;
    request.set_name(name);
    request.set_reason(reason);
    request.set_etag(etag);
    return testing::Called(vacancies_, &VacancyStub::CloseVacancy, request, &freshness_);
  }

  absl::StatusOr<v1::Vacancy> Get(const std::string& name) {
    v1::GetVacancyRequest request;
    request.set_name(name);
    return testing::Called(vacancies_, &VacancyStub::GetVacancy, request);
  }

  // Figures that contain this test's last write.
  v1::VacancyStatistics Figures(v1::GetVacancyStatisticsRequest request = {}) {
    request.set_at_least(freshness_);
    const auto figures =
        testing::Called(statistics_, &StatisticsStub::GetVacancyStatistics, request);
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

  absl::StatusOr<v1::LoadVacanciesResponse> LoadAs(const v1::LoadVacanciesHeader& header,
                                                   const std::string& file,
                                                   size_t slice = 64 << 10) {
    ASSIGN_OR_RETURN(auto response, Upload(vacancies_, header, file, slice));
    if (!response.freshness_token().empty()) freshness_ = response.freshness_token();
    return response;
  }

  static absl::StatusOr<v1::LoadVacanciesResponse> Upload(VacancyStub& vacancies,
                                                          v1::LoadVacanciesHeader header,
                                                          const std::string& file,
                                                          size_t slice = 64 << 10) {
    if (header.source().empty()) header.set_source("portal-del-empleo");
    if (header.profile().empty()) header.set_profile("portal-empleo-2020");
    header.set_record_kind(type::v1::RECORD_KIND_REAL);
    if (header.size_bytes() == 0) header.set_size_bytes(static_cast<int64_t>(file.size()));
    grpc::ClientContext context;
    v1::LoadVacanciesResponse response;
    auto writer = vacancies.LoadVacancies(&context, &response);
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
    return response;
  }

  int64_t Stored() { return testing::MustCount(connection_, "SELECT COUNT(*) FROM vacancy"); }

  const sql::Target target_;
  sql::Connection connection_;
  testing::HostedModule module_;
  VacancyStub vacancies_;
  StatisticsStub statistics_;
  std::string freshness_;
};

inline std::string RealFile() {
  std::ifstream file(testing::ExampleFile("mexico-vacancies-2020.csv"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string Row(int wage, const std::string& state = "Jalisco") {
  return absl::StrCat("2020-08-01,soldador,", wage,
                      ",Contrato por tiempo indeterminado,800,1600,8.0,1,1,1,1,1,0,0,5,", state,
                      ",Zapopan,Licenciatura,No especificada,No es requisito\n");
}

// A file of so many rows, all different.
inline std::string Rows(int count) {
  std::string file = kHeader;
  for (int i = 0; i < count; ++i) file += Row(3000 + i);
  return file;
}

}  // namespace puente::labor
