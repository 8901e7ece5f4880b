// The catalogue of published tables: of each definition those of the report that stands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/gateway/reports.h"
#include "tests/testing/text.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Of two tables.
v1::ReportDefinition Definition() {
  return testing::Of<v1::ReportDefinition>(R"pb(
    title_es: "Necesidad"
    title_en: "Need"
    summary_es: "Lo que se necesita."
    summary_en: "What is needed."
    tables {
      table: "z-by-state"
      title_es: "Por entidad"
      title_en: "By state"
      sources { agency: "economy" table: "demand" measures: "HEADS" measures: "FIRMS" }
      dimensions: "STATE"
    }
    tables {
      table: "a-in-full"
      title_es: "Todo"
      title_en: "In full"
      sources { agency: "economy" table: "demand" measures: "FIRMS" }
      dimensions: "SKILL"
      dimensions: "STATE"
    })pb");
}

std::string Demand(int64_t heads) {
  return ExtractFile("economy")
      .Table("demand", {{"STATE", "CL_STATE"}, {"SKILL", "CL_SKILL"}}, {"HEADS", "FIRMS"})
      .List("CL_STATE", {"09"})
      .List("CL_SKILL", {"skills/a", "_T"})
      .Row("demand", {"09", "_T"}, {heads, 4})
      .Row("demand", {"09", "skills/a"}, {heads, std::nullopt})
      .text();
}

class ReportCatalogue : public ::testing::Test {
 protected:
  ReportCatalogue()
      : schema_(Database::Shared().NewSchema(Gateway().migrations)),
        economy_(Demand(30)),
        maker_(Kind(), schema_, "agency/education", "statistician-1"),
        approver_(Kind(), schema_, "agency/labor", "statistician-1"),
        reader_(Kind(), schema_, "council/cce", "") {
    EXPECT_OK(maker_.Define(Definition(), "need"));
    EXPECT_OK(maker_.Define(Definition(), "also"));
  }

  hosting::ModuleKind Kind() { return GatewayTo({{"economy", economy_.channel()}}); }
  void Draft(const std::string& id, const std::string& definition) {
    ASSERT_OK(maker_.Ask(id, definition));
    ASSERT_EQ(maker_.Await("reports/" + id).state(), v1::REPORT_STATE_DRAFTED);
    ASSERT_OK(approver_.Do(&ReportStub::ApproveReport, "reports/" + id));
  }
  void Publish(const std::string& id, const std::string& definition) {
    Draft(id, definition);
    ASSERT_OK(maker_.Do(&ReportStub::PublishReport, "reports/" + id));
  }
  absl::StatusOr<v1::ListPublishedTablesResponse> Page(int size, const std::string& token) {
    v1::ListPublishedTablesRequest request;
    request.set_page_size(size);
    request.set_page_token(token);
    return reader_.Do(&ReportStub::ListPublishedTables, request);
  }
  // "reports/one z-by-state" of all, in pages of this size.
  std::vector<std::string> Listed(int size) {
    std::vector<std::string> listed;
    std::string token;
    do {
      const auto page = Page(size, token);
      EXPECT_OK(page);
      if (!page.ok()) return listed;
      EXPECT_LE(page->tables_size(), size);
      for (const v1::PublishedTable& table : page->tables()) {
        listed.push_back(absl::StrCat(table.report(), " ", table.table()));
      }
      token = page->next_page_token();
    } while (!token.empty());
    return listed;
  }

  const sql::Target schema_;
  TellingAgency economy_;
  ReportCaller maker_, approver_, reader_;
};

TEST_F(ReportCatalogue, HasWhatEverybodyReadsTableByTable) {
  EXPECT_THAT(Listed(50), IsEmpty());
  Draft("draft", "need");
  EXPECT_THAT(Listed(50), IsEmpty()) << "an approved one is nobody's yet";
  Publish("one", "need");
  Publish("two", "also");
  // By definition, and then as a reader meets them.
  const auto all = ElementsAre("reports/two z-by-state", "reports/two a-in-full",
                               "reports/one z-by-state", "reports/one a-in-full");
  for (const int size : {1, 2, 3, 4, 50}) EXPECT_THAT(Listed(size), all) << size;
  const auto first = Page(1, "");
  ASSERT_OK(first);
  EXPECT_THAT(Page(1, first->next_page_token() + "x"), HasReason("INVALID_PAGE_TOKEN"));
  EXPECT_THAT(Page(-1, ""), HasReason("INVALID_FIELDS"));
}

TEST_F(ReportCatalogue, SaysWhatRowsHave) {
  Publish("one", "need");
  const auto page = Page(50, "");
  ASSERT_OK(page);
  ASSERT_EQ(page->tables_size(), 2);
  const v1::PublishedTable& full = page->tables(1);
  EXPECT_THAT(full.dimensions(), ElementsAre("SKILL", "STATE"));
  EXPECT_THAT(full.measures(), ElementsAre("FIRMS"));
  EXPECT_EQ(full.title_en(), "In full");
  EXPECT_EQ(full.report_definition(), "reportDefinitions/need");
  EXPECT_EQ(full.report_version(), "1.0.0");
  EXPECT_TRUE(full.has_publish_time());
  for (const v1::PublishedTable& table : page->tables()) {
    EXPECT_EQ(table.record_kind(), type::v1::RECORD_KIND_GENERATED) << "as its agency said";
    const auto answers = reader_.ExportRows(table.report(), table.table());
    ASSERT_OK(answers);
    int64_t rows = 0;
    for (const auto& answer : *answers) {
      rows += answer.rows_size();
      for (const auto& row : answer.rows()) {
        EXPECT_EQ(row.codes_size(), table.dimensions_size());
        EXPECT_EQ(row.figures_size(), table.measures_size());
      }
    }
    EXPECT_EQ(rows, table.row_count());
  }
}

// Of one that was altered, cut or lost nothing is told; the others are read all the same.
TEST_F(ReportCatalogue, LeavesOutWhatIsBroken) {
  Publish("one", "need");
  Publish("two", "also");
  sql::Connection rows(schema_);
  const auto rest = ElementsAre("reports/one z-by-state", "reports/one a-in-full");
  for (const char* const harm :
       {"UPDATE report_part SET content = X'FF' WHERE report = 'two' AND kind = 1",
        "UPDATE report_part SET content = '' WHERE report = 'two' AND kind = 1",
        "DELETE FROM report_part WHERE report = 'two' AND kind = 1"}) {
    MustExecute(rows, harm);
    for (const int size : {1, 50}) EXPECT_THAT(Listed(size), rest) << harm;
  }
}

TEST_F(ReportCatalogue, HasTheReportThatStands) {
  Publish("one", "need");
  economy_.Tell(Demand(31));
  Publish("next", "need");
  EXPECT_THAT(Listed(50), ElementsAre("reports/next z-by-state", "reports/next a-in-full"));
  v1::WithdrawReportRequest request;
  request.set_name("reports/next");
  request.set_reason("Una fuente estaba mal.");
  ASSERT_OK(maker_.Do(&ReportStub::WithdrawReport, request));
  EXPECT_THAT(Listed(50), ElementsAre("reports/one z-by-state", "reports/one a-in-full"));
}

}  // namespace
}  // namespace puente::gateway
