// Reports that are made of what agencies said for another one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "tests/gateway/reports.h"

namespace puente::gateway {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::testing::HasSubstr;

struct Source {
  std::string agency, table, measure;
};

// A table for each.
v1::ReportDefinition Of(const std::vector<Source>& sources) {
  v1::ReportDefinition definition;
  definition.set_title_es("Informe");
  definition.set_title_en("Report");
  definition.set_summary_es("Un informe.");
  definition.set_summary_en("A report.");
  for (const Source& source : sources) {
    v1::ReportTable& table = *definition.add_tables();
    table.set_table(source.table);
    table.set_title_es("Tabla");
    table.set_title_en("Table");
    v1::ReportTableSource& one = *table.add_sources();
    one.set_agency(source.agency);
    one.set_table(source.table);
    one.add_measures(source.measure);
    table.add_dimensions("STATE");
  }
  return definition;
}

const Source kDemand = {"economy", "demand", "HEADS"};
const Source kOffers = {"economy", "offers", "SEATS"};
const Source kVacancies = {"labor", "vacancies", "POSTS"};
const Source kSkills = {"science", "skills", "SKILLS"};

std::string Economy() {
  ExtractFile file("economy");
  for (const Source& source : {kDemand, kOffers}) {
    file.Table(source.table, {{"STATE", "CL_STATE"}}, {source.measure});
  }
  file.List("CL_STATE", {"09", "_T"});
  for (const Source& source : {kDemand, kOffers}) {
    file.Row(source.table, {"09"}, {30}).Row(source.table, {"_T"}, {50});
  }
  return file.text();
}
std::string Labor(int states) {
  ExtractFile file("labor");
  std::vector<std::string> codes = {"_T"};
  for (int i = 0; i < states; ++i) codes.push_back(absl::StrCat("state-", 100'000 + i));
  file.Table("vacancies", {{"STATE", "CL_STATE"}}, {"POSTS"}).List("CL_STATE", codes);
  for (const std::string& code : codes) file.Row("vacancies", {code}, {7});
  return file.text();
}

class SharedSnapshots : public ::testing::Test {
 protected:
  explicit SharedSnapshots(int states = 10)
      : schema_(Database::Shared().NewSchema(Gateway().migrations)),
        economy_(Economy()),
        labor_(Labor(states)),
        rows_(schema_) {
    maker_.emplace(Kind(), schema_, "agency/education", "statistician-1");
    Define("all", {kDemand, kOffers, kVacancies});
    Define("demand", {kDemand});
    Define("vacancies", {kVacancies});
    Define("skills", {kSkills});
  }

  hosting::ModuleKind Kind() {
    return GatewayTo({{"economy", economy_.channel()}, {"labor", labor_.channel()}});
  }
  void Define(const std::string& id, const std::vector<Source>& sources) {
    EXPECT_OK(maker_->Define(Of(sources), id));
  }
  absl::StatusOr<v1::Report> Ask(const std::string& id, const std::string& definition,
                                 const std::string& snapshot_of = "") {
    return maker_->Ask(id, definition, absl::InfinitePast(),
                       snapshot_of.empty() ? "" : "reports/" + snapshot_of);
  }
  v1::Report Drafted(const std::string& id, const std::string& definition,
                     const std::string& snapshot_of = "") {
    EXPECT_OK(Ask(id, definition, snapshot_of));
    v1::Report report = maker_->Await("reports/" + id);
    EXPECT_EQ(report.state(), v1::REPORT_STATE_DRAFTED) << report.ShortDebugString();
    return report;
  }

  const sql::Target schema_;
  TellingAgency economy_, labor_;
  std::optional<ReportCaller> maker_;
  sql::Connection rows_;
};

// Of several megabytes, so that they are copied in several slices.
class LargeSnapshots : public SharedSnapshots {
 protected:
  LargeSnapshots() : SharedSnapshots(16'000) {}
};

TEST_F(LargeSnapshots, AreCopiedAndNoAgencyIsAsked) {
  const v1::Report first = Drafted("first", "all");
  economy_.Refuse(absl::UnavailableError("away"));
  const int exports = labor_.exports();
  const v1::Report second = Drafted("second", "vacancies", "first");
  ASSERT_EQ(second.extracts_size(), 1);
  EXPECT_GT(second.extracts(0).byte_count(), 2 << 20) << "several slices";
  EXPECT_TRUE(MessageDifferencer::Equals(second.extracts(0), first.extracts(1)))
      << second.extracts(0).ShortDebugString();
  EXPECT_EQ(second.snapshot_of(), "reports/first");
  EXPECT_EQ(labor_.exports(), exports);
  EXPECT_EQ(labor_.asked().size(), 1U);
  const auto again = maker_->Do(&ReportStub::RerunReport, "reports/second");
  ASSERT_OK(again);
  EXPECT_EQ(again->outcome(), v1::RERUN_OUTCOME_SAME);
  // What both say of a table is the same to the byte.
  const auto file = [&](const std::string& report) {
    return maker_->ContentOf("reports/" + report, "vacancies.csv");
  };
  ASSERT_OK_AND_ASSIGN(const std::string said, file("first"));
  EXPECT_EQ(said, *file("second"));
}

TEST_F(SharedSnapshots, OfOneThatSharesAreThoseOfTheFirst) {
  Drafted("first", "all");
  Drafted("second", "vacancies", "first");
  const v1::Report third = Drafted("third", "demand", "second");
  EXPECT_EQ(third.snapshot_of(), "reports/first");
  EXPECT_EQ(third.extracts(0).agency(), "economy");
}

TEST_F(SharedSnapshots, AreGoneOnWithByTheNextProcess) {
  const v1::Report first = Drafted("first", "all");
  ASSERT_OK(Ask("second", "vacancies", "first"));
  maker_.reset();
  maker_.emplace(Kind(), schema_, "agency/education", "statistician-1");
  const v1::Report second = maker_->Await("reports/second");
  EXPECT_EQ(second.state(), v1::REPORT_STATE_DRAFTED) << second.ShortDebugString();
  EXPECT_EQ(second.extracts(0).sha256(), first.extracts(1).sha256());
}

TEST_F(SharedSnapshots, AreSaidOnceByAVersionOfADefinition) {
  Drafted("first", "all");
  const absl::Status same = Ask("again", "all", "first").status();
  EXPECT_THAT(same, HasReason("REPORT_MADE_ALREADY"));
  EXPECT_THAT(same.message(), HasSubstr("reports/first"));
  Drafted("second", "vacancies", "first");
  EXPECT_THAT(Ask("third", "vacancies", "second").status().message(), HasSubstr("reports/second"));
  // Of another version it is another report.
  v1::UpdateReportDefinitionRequest update;
  update.mutable_report_definition()->set_name("reportDefinitions/vacancies");
  update.mutable_report_definition()->set_title_en("Posts");
  update.mutable_update_mask()->add_paths("title_en");
  ASSERT_OK(maker_->Redefine(update));
  EXPECT_EQ(Drafted("third", "vacancies", "first").definition_version(), 2);
  // And what was withdrawn says nothing.
  v1::WithdrawReportRequest withdraw;
  withdraw.set_name("reports/third");
  withdraw.set_reason("Mal.");
  ASSERT_OK(maker_->Do(&ReportStub::WithdrawReport, withdraw));
  Drafted("fourth", "vacancies", "third");
}

TEST_F(SharedSnapshots, AreSaidOnceAlsoWhenTwoAskAtOnce) {
  Drafted("first", "all");
  ReportCaller other(Kind(), schema_, "agency/labor", "statistician-1");
  for (const std::string definition : {"demand", "vacancies"}) {
    absl::StatusOr<v1::Report> one, two;
    std::thread asks([&] { one = Ask(definition + "-one", definition, "first"); });
    two = other.Ask(definition + "-two", definition, absl::InfinitePast(), "reports/first");
    asks.join();
    EXPECT_NE(one.ok(), two.ok()) << one.status() << two.status();
    EXPECT_THAT(one.ok() ? two.status() : one.status(), HasReason("REPORT_MADE_ALREADY"));
  }
  EXPECT_EQ(MustCount(rows_, "SELECT COUNT(*) FROM report"), 3);
}

TEST_F(SharedSnapshots, AreUnderTheEmbargoOfTheFirst) {
  const absl::Time embargo = absl::FromUnixSeconds(4'000'000'000);
  ASSERT_OK(maker_->Ask("first", "all", embargo));
  maker_->Await("reports/first");
  EXPECT_EQ(FromProto(Drafted("second", "vacancies", "first").embargo_time()), embargo);
  ASSERT_OK_AND_ASSIGN(const v1::Report later,
                       maker_->Ask("third", "demand", embargo + absl::Hours(1), "reports/second"));
  EXPECT_EQ(FromProto(later.embargo_time()), embargo + absl::Hours(1));
}

// What was published and taken back is not published again by another report.
TEST_F(SharedSnapshots, ThatWerePublishedAndWithdrawnAreRefused) {
  ReportCaller second(Kind(), schema_, "agency/labor", "statistician-1");
  Drafted("first", "all");
  Drafted("shares", "vacancies", "first");
  for (const std::string name : {"reports/first", "reports/shares"}) {
    ASSERT_OK(second.Do(&ReportStub::ApproveReport, name));
  }
  ASSERT_OK(maker_->Do(&ReportStub::PublishReport, "reports/first"));
  v1::WithdrawReportRequest withdraw;
  withdraw.set_name("reports/first");
  withdraw.set_reason("Mal.");
  ASSERT_OK(maker_->Do(&ReportStub::WithdrawReport, withdraw));
  EXPECT_THAT(Ask("demand", "demand", "first"), HasReason("REPORT_SNAPSHOT_WITHDRAWN"));
  EXPECT_THAT(Ask("demand", "demand", "shares"), HasReason("REPORT_SNAPSHOT_WITHDRAWN"));
  EXPECT_THAT(maker_->Do(&ReportStub::PublishReport, "reports/shares"),
              HasReason("REPORT_SNAPSHOT_WITHDRAWN"));
}

TEST_F(SharedSnapshots, HaveNoTimeLimitOfAgencies) {
  Drafted("first", "all");
  config::Server config;
  config.mutable_report_limit()->set_nanos(1'000'000);
  maker_.reset();
  maker_.emplace(Kind(), schema_, "agency/education", "statistician-1", config);
  Drafted("second", "vacancies", "first");
}

TEST_F(SharedSnapshots, ThatLackATableAreRefusedByItsName) {
  Drafted("first", "demand");
  const absl::Status table = Ask("second", "all", "first").status();
  EXPECT_THAT(table, HasReason("REPORT_SNAPSHOT_LACKS"));
  EXPECT_THAT(table.message(), HasSubstr("offers"));
  EXPECT_THAT(table.message(), HasSubstr("economy"));
  const absl::Status agency = Ask("second", "skills", "first").status();
  EXPECT_THAT(agency, HasReason("REPORT_SNAPSHOT_LACKS"));
  EXPECT_THAT(agency.message(), HasSubstr("science"));
}

TEST_F(SharedSnapshots, ThatAreNotKeptAreRefused) {
  EXPECT_THAT(Ask("second", "demand", "first"), HasReason("REPORT_NOT_FOUND"));
  EXPECT_THAT(Ask("second", "demand", "second"), HasReason("REPORT_NOT_FOUND"));
  economy_.Hold();
  ASSERT_OK(Ask("first", "all"));
  EXPECT_THAT(Ask("second", "demand", "first"), HasReason("REPORT_SNAPSHOT_NOT_KEPT"));
  ASSERT_OK(maker_->Do(&ReportStub::CancelReport, "reports/first"));
  EXPECT_THAT(Ask("second", "demand", "first"), HasReason("REPORT_SNAPSHOT_GONE"));
}

}  // namespace
}  // namespace puente::gateway
