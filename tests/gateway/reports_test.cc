// Reports from the call that asks for one to what everybody reads, with the gateway as it is, on a
// schema of its own, and agencies that are servers by themselves.
#include "tests/gateway/reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/crypto/digest.h"
#include "tests/testing/text.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr char kName[] = "reports/one";

v1::ReportDefinition Definition() {
  return testing::Of<v1::ReportDefinition>(R"pb(
    title_es: "Necesidad y puestos"
    title_en: "Need and posts"
    summary_es: "Lo que se necesita."
    summary_en: "What is needed."
    tables {
      table: "by-state"
      title_es: "Por entidad"
      title_en: "By state"
      sources { agency: "economy" table: "demand" measures: "HEADS" }
      sources { agency: "labor" table: "vacancies" measures: "POSTS" }
      dimensions: "STATE"
      charts { kind: REPORT_CHART_KIND_BARS dimension: "STATE" measure: "HEADS" }
    })pb");
}

std::string Economy() {
  return ExtractFile("economy")
      .Table("demand", {{"STATE", "CL_STATE"}}, {"HEADS"})
      .List("CL_STATE", {"09", "_T"})
      .Row("demand", {"09"}, {30})
      .Row("demand", {"_T"}, {50})
      .text();
}
// Of several megabytes, so that it comes in several slices.
std::string Labor() {
  ExtractFile file("labor");
  std::vector<std::string> codes = {"_T"};
  for (int i = 0; i < 15'000; ++i) codes.push_back(absl::StrCat("state-", 100'000 + i));
  file.Table("vacancies", {{"STATE", "CL_STATE"}}, {"POSTS"}).List("CL_STATE", codes);
  for (const std::string& code : codes) file.Row("vacancies", {code}, {7});
  return file.text();
}

class Reports : public ::testing::Test {
 protected:
  Reports()
      : schema_(Database::Shared().NewSchema(Gateway().migrations)),
        economy_(Economy()),
        labor_(Labor()),
        rows_(schema_) {
    maker_.emplace(Kind(), schema_, "agency/education", "statistician-1");
    EXPECT_OK(maker_->Define(Definition(), "both"));
  }

  hosting::ModuleKind Kind() {
    return GatewayTo({{"economy", economy_.channel()}, {"labor", labor_.channel()}});
  }
  ReportCaller As(const std::string& caller, const std::string& actor = "") {
    return ReportCaller(Kind(), schema_, caller, actor);
  }
  v1::Report Drafted(const std::string& id = "one") {
    EXPECT_OK(maker_->Ask(id, "both"));
    v1::Report report = maker_->Await("reports/" + id);
    EXPECT_EQ(report.state(), v1::REPORT_STATE_DRAFTED) << report.ShortDebugString();
    return report;
  }
  void Approve(const std::string& name = kName) {
    EXPECT_OK(As("agency/labor", "statistician-1").Do(&ReportStub::ApproveReport, name));
  }
  v1::Report Published() {
    Drafted();
    Approve();
    const auto published = maker_->Do(&ReportStub::PublishReport, kName);
    EXPECT_OK(published);
    return published.ok() ? *published : v1::Report();
  }
  int64_t Kept() { return MustCount(rows_, "SELECT COUNT(*) FROM report_part"); }
  int64_t Due() { return MustCount(rows_, "SELECT COUNT(*) FROM due WHERE kind LIKE 'reports.%'"); }
  // Of one that could not be made.
  v1::Report Failed(const std::string& definition = "both") {
    EXPECT_OK(maker_->Ask("one", definition));
    v1::Report report = maker_->Await(kName);
    EXPECT_EQ(report.state(), v1::REPORT_STATE_FAILED) << report.ShortDebugString();
    EXPECT_TRUE(Becomes([&] { return Due() == 0; }));
    EXPECT_EQ(Kept(), 0) << "nothing is left";
    EXPECT_NE(report.failure_es(), report.failure_en());
    return report;
  }

  const sql::Target schema_;
  TellingAgency economy_, labor_;
  std::optional<ReportCaller> maker_;
  sql::Connection rows_;
};

TEST_F(Reports, AreMadeOfWhatAgenciesTell) {
  const v1::Report report = Drafted();
  EXPECT_EQ(report.maker(), "agency/education");
  EXPECT_EQ(report.maker_actor(), "statistician-1");
  EXPECT_EQ(report.definition_version(), 1);
  EXPECT_EQ(report.report_version(), "1.0.0");
  EXPECT_EQ(report.title_es(), "Necesidad y puestos");
  ASSERT_EQ(report.extracts_size(), 2);
  EXPECT_EQ(report.extracts(0).agency(), "economy");
  EXPECT_THAT(report.extracts(0).tables(), ElementsAre("demand"));
  for (const v1::ReportExtract& extract : report.extracts()) {
    EXPECT_EQ(extract.state(), v1::REPORT_EXTRACT_STATE_KEPT);
    EXPECT_EQ(extract.byte_count(), extract.kept_byte_count());
  }
  EXPECT_EQ(report.extracts(1).sha256(), absl::BytesToHexString(crypto::Sha256(Labor())));
  EXPECT_EQ(report.read_spread().seconds(), 0);
  ASSERT_EQ(report.tables_size(), 1);
  EXPECT_EQ(report.tables(0).row_count(), 15'002);
  EXPECT_GT(report.files_size(), 0);
  for (const v1::ReportFile& file : report.files()) {
    ASSERT_OK_AND_ASSIGN(const std::string content, maker_->ContentOf(kName, file.path()));
    EXPECT_EQ(absl::BytesToHexString(crypto::Sha256(content)), file.sha256()) << file.path();
    EXPECT_EQ(std::ssize(content), file.byte_count()) << file.path();
  }
  EXPECT_TRUE(Becomes([&] { return Due() == 0; }));
}

TEST_F(Reports, AreApprovedByASecondActor) {
  Drafted();
  EXPECT_THAT(maker_->Do(&ReportStub::PublishReport, kName), HasReason("REPORT_STATE_WRONG"));
  EXPECT_THAT(maker_->Do(&ReportStub::ApproveReport, kName), HasReason("SAME_MAKER"));
  EXPECT_THAT(As("agency/education", "registrar-1").Do(&ReportStub::ApproveReport, kName),
              HasReason("ACTOR_REFUSED"));
  EXPECT_THAT(As("council/cce").Do(&ReportStub::ApproveReport, kName), HasReason("CALLER_REFUSED"));
  ReportCaller second = As("agency/education", "statistician-2");
  ASSERT_OK_AND_ASSIGN(const v1::Report approved, second.Do(&ReportStub::ApproveReport, kName));
  EXPECT_EQ(approved.approver(), "agency/education");
  EXPECT_EQ(approved.approver_actor(), "statistician-2");
  EXPECT_TRUE(approved.has_approve_time());
  ASSERT_OK_AND_ASSIGN(const v1::Report published, maker_->Do(&ReportStub::PublishReport, kName));
  EXPECT_EQ(published.state(), v1::REPORT_STATE_PUBLISHED);
  EXPECT_TRUE(published.has_publish_time());
}

TEST_F(Reports, OfAnotherAgencyAreApprovedByActorsOfTheSameName) {
  Drafted();
  EXPECT_OK(As("agency/labor", "statistician-1").Do(&ReportStub::ApproveReport, kName));
}

TEST_F(Reports, AreNobodysBeforeTheyArePublished) {
  ReportCaller council = As("council/cce"), auditor = As("auditor/a");
  const v1::Report drafted = Drafted();
  const std::string path = drafted.files(0).path();
  EXPECT_THAT(council.Get(kName), HasReason("REPORT_NOT_FOUND"));
  EXPECT_THAT(council.List(), IsEmpty());
  EXPECT_THAT(council.ContentOf(kName, path), HasReason("REPORT_NOT_FOUND"));
  EXPECT_THAT(council.ExportRows(kName, "by-state"), HasReason("REPORT_NOT_FOUND"));
  v1::BatchGetReportsRequest batch;
  batch.add_names(kName);
  EXPECT_THAT(council.Do(&ReportStub::BatchGetReports, batch), HasReason("REPORT_NOT_FOUND"));
  v1::ListReportsRequest drafts;
  drafts.set_filter("state = DRAFTED");
  EXPECT_THAT(council.Do(&ReportStub::ListReports, drafts), HasReason("INVALID_FILTER"));
  EXPECT_OK(auditor.Get(kName));
  EXPECT_OK(auditor.ContentOf(kName, path));
  EXPECT_THAT(auditor.List("state = DRAFTED"), ElementsAre(kName));
  Approve();
  EXPECT_THAT(council.Get(kName), HasReason("REPORT_NOT_FOUND"));
  ASSERT_OK(maker_->Do(&ReportStub::PublishReport, kName));
  EXPECT_OK(council.Get(kName));
  EXPECT_OK(council.Do(&ReportStub::BatchGetReports, batch));
  EXPECT_THAT(council.List(), ElementsAre(kName));
  EXPECT_THAT(council.List("report_definition = \"reportDefinitions/both\""), ElementsAre(kName));
  EXPECT_THAT(council.List("state = WITHDRAWN"), IsEmpty());
  EXPECT_OK(council.ContentOf(kName, path));
}

TEST_F(Reports, AreNotPublishedBeforeTheEmbargoEnds) {
  for (const auto& [id, from] : {std::pair("later", absl::Now() + absl::Hours(1)),
                                 std::pair("past", absl::Now() - absl::Hours(1))}) {
    ASSERT_OK_AND_ASSIGN(const v1::Report asked, maker_->Ask(id, "both", from));
    maker_->Await(asked.name());
    Approve(asked.name());
  }
  EXPECT_THAT(maker_->Do(&ReportStub::PublishReport, "reports/later"), HasReason("UNDER_EMBARGO"));
  EXPECT_OK(maker_->Do(&ReportStub::PublishReport, "reports/past"));
}

TEST_F(Reports, ThatAreWithdrawnSayWhy) {
  const v1::Report report = Published();
  Drafted("two");
  v1::WithdrawReportRequest request;
  request.set_name(kName);
  EXPECT_THAT(maker_->Do(&ReportStub::WithdrawReport, request), HasReason("INVALID_FIELDS"));
  request.set_reason("Una fuente estaba mal.");
  ASSERT_OK(maker_->Do(&ReportStub::WithdrawReport, request));
  request.set_name("reports/two");
  ASSERT_OK(maker_->Do(&ReportStub::WithdrawReport, request));
  ReportCaller council = As("council/cce");
  ASSERT_OK_AND_ASSIGN(const v1::Report told, council.Get(kName));
  EXPECT_EQ(told.state(), v1::REPORT_STATE_WITHDRAWN);
  EXPECT_EQ(told.state_reason(), "Una fuente estaba mal.");
  EXPECT_THAT(council.Get("reports/two"), HasReason("REPORT_NOT_FOUND")) << "it was no one's";
  EXPECT_THAT(council.List("state = WITHDRAWN"), ElementsAre(kName));
  EXPECT_THAT(council.List(), IsEmpty());
  EXPECT_THAT(council.ContentOf(kName, report.files(0).path()), HasReason("REPORT_NOT_FOUND"));
  EXPECT_OK(maker_->ContentOf(kName, report.files(0).path()));
}

TEST_F(Reports, ThatAreWithdrawnWhileTheyAreSentEnd) {
  Published();
  const auto sent = As("council/cce").ExportFile(kName, "by-state.generic.xml", "", [&] {
    v1::WithdrawReportRequest request;
    request.set_name(kName);
    request.set_reason("Una fuente estaba mal.");
    EXPECT_OK(maker_->Do(&ReportStub::WithdrawReport, request));
  });
  EXPECT_THAT(sent, HasReason("REPORT_NOT_FOUND"));
}

// Of what was withdrawn as a draft there is not even a place between two pages.
TEST_F(Reports, ThatWereNobodysAreNotInPages) {
  Published();
  Drafted("two");
  for (const std::string name : {"reports/one", "reports/two"}) {
    v1::WithdrawReportRequest request;
    request.set_name(name);
    request.set_reason("Una fuente estaba mal.");
    ASSERT_OK(maker_->Do(&ReportStub::WithdrawReport, request));
  }
  v1::ListReportsRequest request;
  request.set_filter("state = WITHDRAWN");
  request.set_page_size(1);
  ASSERT_OK_AND_ASSIGN(const auto page, As("council/cce").Do(&ReportStub::ListReports, request));
  ASSERT_EQ(page.reports_size(), 1);
  EXPECT_EQ(page.reports(0).name(), kName);
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(Reports, AreSentInPiecesThatCanBeGoneOnWith) {
  Published();
  ReportCaller council = As("council/cce");
  ASSERT_OK_AND_ASSIGN(const auto rows, council.ExportRows(kName, "by-state"));
  ASSERT_GT(rows.size(), 10U);
  EXPECT_EQ(rows[0].figure_table().table(), "by-state");
  EXPECT_EQ(rows.back().summary().row_count(), 15'002);
  int64_t count = 0;
  for (const auto& answer : rows) count += answer.rows_size();
  EXPECT_EQ(count, 15'002);
  ASSERT_OK_AND_ASSIGN(const auto rest,
                       council.ExportRows(kName, "by-state", rows[3].resume_token()));
  ASSERT_EQ(rest.size(), rows.size() - 4);
  for (size_t i = 0; i < rest.size(); ++i) {
    EXPECT_EQ(rest[i].SerializeAsString(), rows[i + 4].SerializeAsString());
  }
  EXPECT_THAT(council.ExportRows(kName, "by-sex"), HasReason("REPORT_TABLE_NOT_FOUND"));
  EXPECT_THAT(council.ExportFile(kName, "../passwd"), HasReason("REPORT_FILE_NOT_FOUND"));
  EXPECT_THAT(
      council.ExportFile(kName, council.Get(kName)->files(0).path(), rows[3].resume_token()),
      HasReason("INVALID_RESUME_TOKEN"));
}

TEST_F(Reports, MadeAgainAreTheSame) {
  const v1::Report report = Drafted();
  ASSERT_OK_AND_ASSIGN(const v1::RerunReportResponse again,
                       maker_->Do(&ReportStub::RerunReport, kName));
  EXPECT_EQ(again.outcome(), v1::RERUN_OUTCOME_SAME);
  EXPECT_THAT(again.differences(), IsEmpty());
  // As if another version of the software had made it.
  MustExecute(rows_,
              "UPDATE report_part SET content = REPLACE(content, 'Need and', 'Want and')"
              " WHERE kind = 1");
  ASSERT_OK_AND_ASSIGN(const v1::RerunReportResponse other,
                       maker_->Do(&ReportStub::RerunReport, kName));
  EXPECT_EQ(other.outcome(), v1::RERUN_OUTCOME_DIFFERENT);
  ASSERT_GT(other.differences_size(), 0);
  EXPECT_NE(other.differences(0).sha256(), other.differences(0).new_sha256());
  // What it rests on is not what it was.
  MustExecute(rows_,
              "UPDATE report_part SET content = REPLACE(content, '30', '31') WHERE kind = 2"
              " AND item = 'economy'");
  EXPECT_THAT(maker_->Do(&ReportStub::RerunReport, kName), HasReason("REPORT_EXTRACT_ALTERED"));
  ASSERT_OK_AND_ASSIGN(const v1::Report now, maker_->Get(kName));
  EXPECT_EQ(now.etag(), report.etag()) << "nothing of it changed";
}

TEST_F(Reports, MadeAgainAreHeldAgainstWhatIsKeptAndSent) {
  Drafted();
  const auto differences = [&] {
    const auto again = maker_->Do(&ReportStub::RerunReport, kName);
    EXPECT_OK(again);
    std::vector<std::string> paths;
    if (!again.ok()) return paths;
    for (const auto& difference : again->differences()) {
      EXPECT_NE(difference.sha256(), difference.new_sha256());
      paths.push_back(difference.path());
    }
    EXPECT_EQ(again->outcome(),
              paths.empty() ? v1::RERUN_OUTCOME_SAME : v1::RERUN_OUTCOME_DIFFERENT);
    return paths;
  };
  EXPECT_THAT(differences(), IsEmpty());
  MustExecute(rows_,
              "UPDATE report_part SET content = CONCAT(content, ' ') WHERE kind = 3"
              " AND item = 'by-state.csv'");
  EXPECT_THAT(differences(), ElementsAre("by-state.csv"));
  MustExecute(rows_,
              "INSERT INTO report_part (report, kind, item, number, content)"
              " SELECT report, kind, item, MAX(number) + 1, 'x' FROM report_part WHERE kind = 5"
              " GROUP BY report, kind, item");
  MustExecute(rows_, "DELETE FROM report_part WHERE kind = 4");
  EXPECT_THAT(differences(), ElementsAre("by-state.csv", "content", "rows/by-state"));
}

TEST_F(Reports, OfADefinitionThatChangesAreOfTheVersionThatTheyName) {
  Drafted();
  v1::UpdateReportDefinitionRequest update;
  *update.mutable_report_definition() = Definition();
  update.mutable_report_definition()->set_name("reportDefinitions/both");
  update.mutable_report_definition()->set_title_en("Posts and need");
  update.mutable_update_mask()->add_paths("title_en");
  ASSERT_OK_AND_ASSIGN(const auto changed, maker_->Redefine(update));
  EXPECT_EQ(changed.definition_version(), 2);
  ASSERT_OK_AND_ASSIGN(const auto same, maker_->Redefine(update));
  EXPECT_EQ(same.definition_version(), 2) << "it changed nothing";
  ASSERT_OK_AND_ASSIGN(const auto again, maker_->Do(&ReportStub::RerunReport, kName));
  EXPECT_EQ(again.outcome(), v1::RERUN_OUTCOME_SAME);
  EXPECT_EQ(Drafted("two").definition_version(), 2);
}

TEST_F(Reports, WithAnAgencyThatIsAwayFail) {
  config::Server config;
  config.mutable_report_limit()->set_nanos(300'000'000);
  const sql::Target schema = Database::Shared().NewSchema(Gateway().migrations);
  ReportCaller alone(GatewayTo({{"labor", labor_.channel()}}), schema, "agency/education",
                     "statistician-1", config);
  ASSERT_OK(alone.Define(Definition(), "both"));
  ASSERT_OK(alone.Ask("one", "both"));
  const v1::Report report = alone.Await(kName);
  EXPECT_EQ(report.state(), v1::REPORT_STATE_FAILED);
  EXPECT_EQ(report.failure(), "REPORT_AGENCY_AWAY");
  EXPECT_THAT(report.failure_es(), HasSubstr("economy"));
  EXPECT_THAT(report.failure_en(), HasSubstr("economy"));
  sql::Connection rows(schema);
  EXPECT_TRUE(Becomes([&] { return MustCount(rows, "SELECT COUNT(*) FROM report_part") == 0; }));
}

TEST_F(Reports, OfWhichAnAgencyRefusesItsPartFail) {
  economy_.Refuse(ErrorOf({"FIGURE_TABLE_NOT_FOUND", absl::StatusCode::kNotFound, "economy.puente",
                           "No hay una tabla $name.", "There is no table $name."},
                          {{"name", "demand"}}));
  const v1::Report report = Failed();
  EXPECT_EQ(report.failure(), "FIGURE_TABLE_NOT_FOUND");
  EXPECT_EQ(report.failure_en(), "economy: There is no table demand.");
}

TEST_F(Reports, OfTablesThatExtractsLackFail) {
  v1::ReportDefinition definition = Definition();
  definition.mutable_tables(0)->mutable_sources(1)->set_table("offers");
  ASSERT_OK(maker_->Define(definition, "other"));
  const v1::Report report = Failed("other");
  EXPECT_EQ(report.failure(), "REPORT_TABLE_MISSING");
  EXPECT_THAT(report.failure_en(), HasSubstr("offers"));
}

TEST_F(Reports, OfBytesThatWereAlteredFail) {
  labor_.Alter();
  EXPECT_EQ(Failed().failure(), "REPORT_EXTRACT_ALTERED");
}

TEST_F(Reports, ThatAreCancelledLeaveNothing) {
  economy_.Hold();
  ASSERT_OK(maker_->Ask("one", "both"));
  const auto kept = [](const v1::Report& report) {
    return report.extracts(1).state() == v1::REPORT_EXTRACT_STATE_KEPT;
  };
  EXPECT_EQ(maker_->Await(kName, kept).state(), v1::REPORT_STATE_READING);
  EXPECT_GT(Kept(), 0);
  EXPECT_THAT(maker_->Do(&ReportStub::RerunReport, kName), HasReason("REPORT_STATE_WRONG"));
  ASSERT_OK(maker_->Do(&ReportStub::CancelReport, kName));
  economy_.LetGo();
  EXPECT_TRUE(Becomes([&] { return Due() == 0; }));
  EXPECT_EQ(Kept(), 0);
  // A slice that was running stores nothing afterwards: the next report is made all the same.
  Drafted("two");
  ASSERT_OK_AND_ASSIGN(const v1::Report report, maker_->Get(kName));
  EXPECT_EQ(report.state(), v1::REPORT_STATE_CANCELLED);
  EXPECT_EQ(MustCount(rows_, "SELECT COUNT(*) FROM report_part WHERE report = 'one'"), 0);
  EXPECT_THAT(maker_->Do(&ReportStub::CancelReport, kName), HasReason("REPORT_STATE_WRONG"));
}

TEST_F(Reports, AreGoneOnWithByTheNextProcess) {
  economy_.Hold();
  ASSERT_OK(maker_->Ask("one", "both"));
  maker_->Await(kName, [](const v1::Report& report) {
    return report.extracts(1).state() == v1::REPORT_EXTRACT_STATE_KEPT;
  });
  const int exports = labor_.exports();
  maker_.reset();
  economy_.LetGo();
  maker_.emplace(Kind(), schema_, "agency/education", "statistician-1");
  const v1::Report report = maker_->Await(kName);
  EXPECT_EQ(report.state(), v1::REPORT_STATE_DRAFTED) << report.ShortDebugString();
  EXPECT_EQ(labor_.exports(), exports) << "what was kept is not fetched again";
  EXPECT_EQ(economy_.asked().size(), 1U) << "one extract, however often it was asked for";
  EXPECT_EQ(labor_.asked().size(), 1U);
  EXPECT_EQ(report.extracts(0).figure_extract(),
            "figureExtracts/" + economy_.asked().begin()->first);
}

// As if the process had died whenever it was about to make the files.
TEST_F(Reports, WhoseFilesCannotBeMadeFail) {
  economy_.Hold();
  ASSERT_OK(maker_->Ask("one", "both"));
  maker_.reset();
  MustExecute(rows_,
              "UPDATE due SET kind = 'reports.draft', attempts = 5,"
              " claim_time = UTC_TIMESTAMP(6) WHERE kind = 'reports.run'");
  maker_.emplace(Kind(), schema_, "agency/education", "statistician-1");
  const v1::Report report = maker_->Await(kName);
  EXPECT_EQ(report.state(), v1::REPORT_STATE_FAILED);
  EXPECT_EQ(report.failure(), "REPORT_NOT_DRAFTED");
  EXPECT_TRUE(Becomes([&] { return Kept() == 0; }));
}

TEST_F(Reports, OfOneIdAreMadeOnce) {
  ASSERT_OK(maker_->Ask("one", "both"));
  EXPECT_THAT(maker_->Ask("one", "both"), HasReason("REPORT_ALREADY_EXISTS"));
  EXPECT_THAT(maker_->Ask("two", "none"), HasReason("REPORT_DEFINITION_NOT_FOUND"));
  EXPECT_EQ(maker_->Await(kName).state(), v1::REPORT_STATE_DRAFTED);
}

TEST_F(Reports, OfDefinitionsThatAreNoneCannotBeAskedFor) {
  v1::ReportDefinition definition = Definition();
  definition.clear_tables();
  EXPECT_THAT(maker_->Define(definition, "x"), HasReason("INVALID_FIELDS")) << "no table";
  definition = Definition();
  definition.mutable_tables(0)->clear_sources();
  EXPECT_THAT(maker_->Define(definition, "x"), HasReason("INVALID_FIELDS")) << "no source";
  definition = Definition();
  definition.mutable_tables(0)->add_dimensions("STATE");
  EXPECT_THAT(maker_->Define(definition, "x"), HasReason("INVALID_FIELDS")) << "twice";
  definition = Definition();
  definition.mutable_tables(0)->mutable_sources(0)->set_agency("health");
  EXPECT_THAT(maker_->Define(definition, "x"), HasReason("INVALID_FIELDS")) << "no such agency";
  definition = Definition();
  definition.mutable_tables(0)->mutable_charts(0)->set_dimension("SEX");
  EXPECT_THAT(maker_->Define(definition, "x"), HasReason("INVALID_FIELDS")) << "not kept";
  *definition.add_tables() = Definition().tables(0);
  EXPECT_THAT(maker_->Define(definition, "x"), HasReason("INVALID_FIELDS")) << "one id for two";
  EXPECT_OK(maker_->Define(Definition(), "x"));
  EXPECT_THAT(As("council/cce").Define(Definition(), "y"), HasReason("CALLER_REFUSED"));
}

}  // namespace
}  // namespace puente::gateway
