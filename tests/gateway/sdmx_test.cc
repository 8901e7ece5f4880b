// Published reports by SDMX's REST form: the gateway as it is, asked over HTTP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/reports/stored.h"
#include "tests/gateway/reports.h"
#include "tests/testing/database_server.h"
#include "tests/testing/text.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Database;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kData[] = "/sdmx/rest/data/BY_STATE";

v1::ReportDefinition DefinitionOf(const std::string& table) {
  v1::ReportDefinition definition = testing::Of<v1::ReportDefinition>(R"pb(
    title_es: "Necesidad"
    title_en: "Need"
    summary_es: "Lo que se necesita."
    summary_en: "What is needed."
    tables {
      title_es: "Por entidad"
      title_en: "By state"
      sources { agency: "economy" table: "demand" measures: "HEADS" }
      dimensions: "STATE"
    })pb");
  definition.mutable_tables(0)->set_table(table);
  return definition;
}

std::string Demand() {
  return ExtractFile("economy")
      .Table("demand", {{"STATE", "CL_STATE"}}, {"HEADS"})
      .List("CL_STATE", {"09", "_T"})
      .Row("demand", {"09"}, {30})
      .Row("demand", {"_T"}, {50})
      .text();
}

class Sdmx : public ::testing::Test {
 protected:
  Sdmx()
      : schema_(Database::Shared().NewSchema(Gateway().migrations)),
        economy_(Demand()),
        port_(testing::FreePort()) {
    config::Server config;
    config.set_sdmx_listen(absl::StrCat("127.0.0.1:", port_));
    serving_.emplace(Kind(), schema_, "agency/education", "statistician-1", config);
    // A process of its own, which serves nothing over HTTP.
    other_.emplace(Kind(), schema_, "agency/labor", "statistician-1");
    EXPECT_OK(serving_->Define(DefinitionOf("by-state"), "need"));
  }

  hosting::ModuleKind Kind() { return GatewayTo({{"economy", economy_.channel()}}); }
  void Draft(const std::string& id, const std::string& definition = "need",
             absl::Time embargo = absl::InfinitePast()) {
    ASSERT_OK(serving_->Ask(id, definition, embargo));
    ASSERT_EQ(serving_->Await("reports/" + id).state(), v1::REPORT_STATE_DRAFTED);
  }
  void Approve(const std::string& id) {
    ASSERT_OK(other_->Do(&ReportStub::ApproveReport, "reports/" + id));
  }
  void Publish(const std::string& id, const std::string& definition = "need") {
    Draft(id, definition);
    Approve(id);
    ASSERT_OK(other_->Do(&ReportStub::PublishReport, "reports/" + id));
  }
  void Withdraw(const std::string& id) {
    v1::WithdrawReportRequest request;
    request.set_name("reports/" + id);
    request.set_reason("Una fuente estaba mal.");
    ASSERT_OK(other_->Do(&ReportStub::WithdrawReport, request));
  }
  httplib::Result Get(const std::string& path, const httplib::Headers& headers = {}) {
    httplib::Client client("127.0.0.1", port_);
    client.set_decompress(false);
    return client.Get(path, headers);
  }
  int StatusOf(const std::string& path) {
    const httplib::Result result = Get(path);
    return result ? result->status : 0;
  }
  std::string Body(const std::string& path) {
    const httplib::Result result = Get(path);
    return result ? result->body : "";
  }

  const sql::Target schema_;
  TellingAgency economy_;
  const int port_;
  std::optional<ReportCaller> serving_, other_;
};

TEST_F(Sdmx, ServesTheFilesOfWhatAnotherProcessHasPublished) {
  EXPECT_EQ(StatusOf("/sdmx/rest/dataflow"), 404);
  Publish("one");
  for (const auto& [format, path] :
       {std::pair("structurespecificdata", "by-state.structurespecific.xml"),
        std::pair("genericdata", "by-state.generic.xml"), std::pair("csvdata", "by-state.sdmx.csv"),
        std::pair("jsondata", "by-state.sdmx.json")}) {
    ASSERT_OK_AND_ASSIGN(const std::string file, serving_->ContentOf("reports/one", path));
    EXPECT_EQ(Body(absl::StrCat(kData, "?format=", format)), file) << path;
  }
  EXPECT_THAT(Body("/sdmx/rest/dataflow"), HasSubstr("\"BY_STATE\""));
}

TEST_F(Sdmx, CountsRequestsByStatusAndTheirTime) {
  EXPECT_EQ(StatusOf("/sdmx/rest/dataflow"), 404);
  Publish("one");
  EXPECT_EQ(StatusOf(kData), 200);
  EXPECT_EQ(StatusOf(kData), 200);
  EXPECT_EQ(StatusOf(absl::StrCat(kData, "?format=poem")), 406);
  // Counted once the answer is sent, which may be after it is read.
  EXPECT_TRUE(testing::Becomes([&] {
    return absl::StrContains(serving_->metrics(), "puente_sdmx_request_seconds_count 4\n");
  }));
  EXPECT_THAT(serving_->metrics(),
              AllOf(HasSubstr("puente_sdmx_requests_total{status=\"200\"} 2\n"),
                    HasSubstr("puente_sdmx_requests_total{status=\"404\"} 1\n"),
                    HasSubstr("puente_sdmx_requests_total{status=\"406\"} 1\n"),
                    HasSubstr("puente_sdmx_request_seconds_bucket{le=\"+Inf\"} 4\n")));
  EXPECT_THAT(other_->metrics(), Not(HasSubstr("sdmx"))) << "it serves nothing";
}

TEST_F(Sdmx, KnowsNothingOfWhatIsNotPublished) {
  const std::string unknown = Body(kData);
  Draft("one");
  EXPECT_EQ(StatusOf(kData), 404) << "a draft";
  Approve("one");
  EXPECT_EQ(StatusOf(kData), 404) << "an approved one";
  EXPECT_EQ(Body(kData), unknown) << "as if there were none";
  EXPECT_EQ(StatusOf("/sdmx/rest/dataflow"), 404);
  ASSERT_OK(serving_->Define(DefinitionOf("later"), "later"));
  Draft("two", "later", absl::Now() + absl::Hours(1));
  Approve("two");
  ASSERT_OK(other_->Do(&ReportStub::PublishReport, "reports/one"));
  EXPECT_EQ(StatusOf(kData), 200);
  EXPECT_EQ(StatusOf("/sdmx/rest/data/LATER"), 404) << "one under embargo";
  EXPECT_THAT(Body("/sdmx/rest/dataflow"), Not(HasSubstr("LATER")));
}

TEST_F(Sdmx, OfADefinitionTheLastOneAnswersThatStands) {
  Publish("one");
  Publish("two");
  EXPECT_THAT(Body(kData), HasSubstr("<mes:ID>two-"));
  Withdraw("two");
  EXPECT_THAT(Body(kData), HasSubstr("<mes:ID>one-"));
  Withdraw("one");
  EXPECT_EQ(StatusOf(kData), 404);
  EXPECT_EQ(StatusOf("/sdmx/rest/codelist"), 404);
}

TEST_F(Sdmx, WhatIsKnownIsNotSentAgain) {
  Publish("one");
  const std::string tag = Get(kData)->get_header_value("ETag");
  EXPECT_EQ(Get(kData, {{"If-None-Match", tag}})->status, 304);
  Publish("two");
  const httplib::Result changed = Get(kData, {{"If-None-Match", tag}});
  EXPECT_EQ(changed->status, 200);
  EXPECT_NE(changed->get_header_value("ETag"), tag);
}

TEST_F(Sdmx, ReportsAreReadOnceAndWithinABound) {
  Publish("one");
  ASSERT_OK(serving_->Define(DefinitionOf("other"), "other"));
  Publish("two", "other");
  reports::StoredReports all(schema_);
  ASSERT_OK_AND_ASSIGN(const reports::PublishedReports first, all.Published());
  ASSERT_THAT(first, SizeIs(2));
  EXPECT_EQ(first[0]->view().content().report(), "two") << "the newest first";
  ASSERT_OK_AND_ASSIGN(const reports::PublishedReports again, all.Published());
  EXPECT_EQ(first, again) << "the same in memory";
  Withdraw("one");
  ASSERT_OK_AND_ASSIGN(const reports::PublishedReports fewer, all.Published());
  ASSERT_THAT(fewer, SizeIs(1));
  EXPECT_EQ(fewer[0], first[0]);
  size_t bytes = first[0]->view().content().SpaceUsedLong();
  for (const reports::TableView& table : first[0]->view().tables()) {
    bytes += table.rows().SpaceUsed();
  }
  reports::StoredReports small(schema_, bytes);
  ASSERT_OK_AND_ASSIGN(const reports::PublishedReports fitting, small.Published());
  ASSERT_THAT(fitting, SizeIs(1));
  EXPECT_TRUE(fitting[0]->has_rows());
  Publish("three");
  ASSERT_OK_AND_ASSIGN(const reports::PublishedReports newest, small.Published());
  ASSERT_THAT(newest, SizeIs(2));
  EXPECT_EQ(newest[0]->view().content().report(), "three");
  EXPECT_TRUE(newest[0]->has_rows());
  EXPECT_FALSE(newest[1]->has_rows()) << "the older one has no room";
  reports::StoredReports none(schema_, 1);
  ASSERT_OK_AND_ASSIGN(const reports::PublishedReports without, none.Published());
  ASSERT_THAT(without, SizeIs(2));
  for (const auto& report : without) EXPECT_FALSE(report->has_rows());
}

}  // namespace
}  // namespace puente::gateway
