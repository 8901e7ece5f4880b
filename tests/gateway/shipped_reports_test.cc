// The definitions that ship (data/gateway), with the agencies as they are, each on a schema of its
// own: what they name is there, and figures in published reports are those of the records.
#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "modules/economy/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/gateway/reports.h"
#include "tests/labor/hosted.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Database;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::testing::ElementsAre;

constexpr char kDefinitions[] = "data/gateway/7-report-definitions.json";

// By id.
std::map<std::string, v1::ReportDefinition> Shipped() {
  std::stringstream text;
  text << std::ifstream(kDefinitions).rdbuf();
  google::protobuf::Struct file;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(text.str(), &file).ok());
  std::map<std::string, v1::ReportDefinition> definitions;
  for (const auto& request : file.fields().at("requests").list_value().values()) {
    std::string json;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(request, &json).ok());
    v1::CreateReportDefinitionRequest parsed;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &parsed).ok()) << json;
    definitions[parsed.report_definition_id()] = parsed.report_definition();
  }
  return definitions;
}

class ShippedReports : public ::testing::Test {
 protected:
  static sql::Target NewSchema(const hosting::ModuleKind& kind) {
    return Database::Shared().NewSchema(kind.migrations);
  }

  ShippedReports()
      : schema_(NewSchema(Gateway())),
        labor_schema_(NewSchema(labor::Labor())),
        education_(education::Education(), NewSchema(education::Education()), "gateway"),
        economy_(economy::Economy(), NewSchema(economy::Economy()), "gateway"),
        labor_(labor::Labor(), labor_schema_, "gateway", labor::Config()),
        science_(science::Science(), NewSchema(science::Science()), "gateway"),
        maker_(Kind(), schema_, "agency/education", "statistician-1") {}

  hosting::ModuleKind Kind() {
    return GatewayTo({{"education", education_.channel()},
                      {"economy", economy_.channel()},
                      {"labor", labor_.channel()},
                      {"science", science_.channel()}});
  }
  // Drafted, approved and published.
  v1::Report Publish(const std::string& definition) {
    const std::string name = "reports/" + definition;
    EXPECT_OK(maker_.Ask(definition, definition));
    const v1::Report report = maker_.Await(name);
    EXPECT_EQ(report.state(), v1::REPORT_STATE_DRAFTED) << report.ShortDebugString();
    ReportCaller second(Kind(), schema_, "agency/labor", "statistician-1");
    EXPECT_OK(second.Do(&ReportStub::ApproveReport, name));
    EXPECT_OK(maker_.Do(&ReportStub::PublishReport, name));
    return report;
  }
  // "14: 3 7" of each row, as everybody reads it.
  std::vector<std::string> RowsOf(const std::string& name, const std::string& table) {
    ReportCaller council(Kind(), schema_, "council/cce", "");
    const auto answers = council.ExportRows(name, table);
    EXPECT_OK(answers);
    std::vector<std::string> rows;
    if (!answers.ok()) return rows;
    for (const auto& answer : *answers) {
      for (const auto& row : answer.rows()) {
        rows.push_back(absl::StrJoin(row.codes(), " ") + ":");
        for (const auto& figure : row.figures()) {
          absl::StrAppend(&rows.back(), " ",
                          figure.has_value() ? absl::StrCat(figure.value()) : "-");
        }
      }
    }
    return rows;
  }

  const sql::Target schema_, labor_schema_;
  HostedModule education_, economy_, labor_, science_;
  ReportCaller maker_;
};

TEST_F(ShippedReports, NameWhatAgenciesHave) {
  const auto shipped = Shipped();
  ASSERT_GE(shipped.size(), 8U);
  for (const auto& [id, definition] : shipped) {
    SCOPED_TRACE(id);
    ASSERT_OK(maker_.Define(definition, id));
    // Of companies, of which there are none here, nothing is told.
    if (id == "need-by-sector") {
      ASSERT_OK(maker_.Ask(id, id));
      EXPECT_EQ(maker_.Await("reports/" + id).failure(), "REPORT_TABLE_HIDDEN");
      continue;
    }
    const v1::Report report = Publish(id);
    EXPECT_EQ(report.tables_size(), definition.tables_size());
    EXPECT_GT(report.files_size(), definition.tables_size());
    const auto again = maker_.Do(&ReportStub::RerunReport, "reports/" + id);
    ASSERT_OK(again);
    EXPECT_EQ(again->outcome(), v1::RERUN_OUTCOME_SAME);
  }
}

TEST_F(ShippedReports, CountTheRecords) {
  ASSERT_OK(maker_.Define(Shipped().at("vacancies"), "vacancies"));
  HostedModule agency(labor::Labor(), labor_schema_, "agency/labor", labor::Config());
  auto vacancies = labor::v1::VacancyService::NewStub(agency.channel());
  for (int i = 0; i < 5; ++i) {
    labor::v1::CreateVacancyRequest request;
    request.set_vacancy_id(absl::StrCat("v", i));
    labor::v1::Vacancy& vacancy = *request.mutable_vacancy();
    vacancy.set_offer("soldador");
    *vacancy.mutable_offer_date() = Day(2020, i < 3 ? 8 : 9, 15);
    vacancy.set_state_code(i == 0 ? "09" : "14");
    vacancy.set_post_count(i + 1);
    if (i > 2) vacancy.set_education_level(labor::v1::EDUCATION_LEVEL_BACHELOR);
    vacancy.set_source("test");
    vacancy.set_record_kind(type::v1::RECORD_KIND_REAL);
    ASSERT_OK(
        testing::Called(*vacancies, &labor::v1::VacancyService::Stub::CreateVacancy, request));
  }
  sql::Connection rows(labor_schema_);
  ASSERT_TRUE(testing::Becomes([&] {
    return MustCount(rows,
                     "SELECT COUNT(*) FROM journal_entry AS e LEFT JOIN journal_position AS p"
                     " ON p.entry_id = e.id WHERE p.position IS NULL") == 0;
  }));
  const v1::Report report = Publish("vacancies");
  const auto first_two = [&](const std::string& table) {
    std::vector<std::string> told;  // vacancies and posts
    for (const std::string& row : RowsOf(report.name(), table)) {
      const std::vector<std::string> parts = absl::StrSplit(row, ": ");
      const std::vector<std::string> figures = absl::StrSplit(parts[1], ' ');
      told.push_back(absl::StrCat(parts[0], ": ", figures[0], " ", figures[1]));
    }
    return told;
  };
  EXPECT_THAT(first_two("vacancies-by-state"), ElementsAre("09: 1 1", "14: 4 14", "_T: 5 15"));
  EXPECT_THAT(first_two("vacancies-by-month"),
              ElementsAre("2020-08: 3 6", "2020-09: 2 9", "_T: 5 15"));
  EXPECT_THAT(first_two("vacancies-by-schooling"),
              ElementsAre("BACHELOR: 2 9", "_T: 5 15", "_U: 3 6"));
  EXPECT_THAT(first_two("vacancies"),
              ::testing::IsSupersetOf({"14 BACHELOR 2020-09: 2 9", "14 _U 2020-08: 2 5",
                                       "09 _U 2020-08: 1 1", "_T _T _T: 5 15"}));
  ASSERT_EQ(report.extracts_size(), 1);
  EXPECT_EQ(report.extracts(0).agency(), "labor");
}

}  // namespace
}  // namespace puente::gateway
