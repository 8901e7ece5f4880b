// Reports that are none: each says why and what to do, nothing of it is left, and nobody reads any
// of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/reports/extract.h"
#include "google/rpc/error_details.pb.h"
#include "tests/gateway/reports.h"
#include "tests/testing/text.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

v1::ReportDefinition Definition() {
  return testing::Of<v1::ReportDefinition>(R"pb(
    title_es: "Necesidad"
    title_en: "Need"
    summary_es: "Lo que se necesita."
    summary_en: "What is needed."
    tables {
      table: "by-state"
      title_es: "Por entidad"
      title_en: "By state"
      sources { agency: "economy" table: "demand" measures: "HEADS" }
      dimensions: "STATE"
    })pb");
}

ExtractFile Demand() {
  ExtractFile file("economy");
  file.Table("demand", {{"STATE", "CL_STATE"}, {"SKILL", "CL_SKILL"}}, {"HEADS"})
      .List("CL_STATE", {"09", "_T"})
      .List("CL_SKILL", {"skills/a", "_T"});
  return file;
}

class ReportRefusals : public ::testing::Test {
 protected:
  ReportRefusals()
      : schema_(Database::Shared().NewSchema(Gateway().migrations)),
        economy_(Demand().Row("demand", {"09", "_T"}, {30}).text()),
        rows_(schema_),
        maker_(Kind(), schema_, "agency/education", "statistician-1") {}

  hosting::ModuleKind Kind() { return GatewayTo({{"economy", economy_.channel()}}); }
  int64_t Count(const std::string& from) {
    return MustCount(rows_, absl::StrCat("SELECT COUNT(*) FROM ", from));
  }

  // What is wrong with the fields of a definition that is not taken: "tables[0].table: …".
  std::vector<std::string> WrongWith(const v1::ReportDefinition& definition) {
    const absl::Status refused = maker_.Define(definition, "x");
    EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
    std::vector<std::string> wrong;
    const google::rpc::BadRequest bad = BadRequestOf(refused);
    for (const auto& violation : bad.field_violations()) {
      wrong.push_back(absl::StrCat(violation.field(), ": ", violation.description()));
    }
    EXPECT_EQ(Count("report_definition"), 0);
    return wrong;
  }

  // Nothing is kept of it, nobody approves it, and who is no agency doesn't know of it.
  void ExpectNothingOf(const std::string& id) {
    const std::string name = "reports/" + id;
    EXPECT_TRUE(Becomes([&] { return Count("due WHERE kind LIKE 'reports.%'") == 0; }));
    EXPECT_EQ(Count(absl::StrCat("report_part WHERE report = '", id, "'")), 0);
    EXPECT_EQ(Count(absl::StrCat("report_draft WHERE report = '", id, "'")), 0);
    ReportCaller second(Kind(), schema_, "agency/labor", "statistician-1");
    EXPECT_THAT(second.Do(&ReportStub::ApproveReport, name), HasReason("REPORT_STATE_WRONG"));
    EXPECT_THAT(second.Do(&ReportStub::PublishReport, name), HasReason("REPORT_STATE_WRONG"));
    ReportCaller council(Kind(), schema_, "council/cce", "");
    EXPECT_THAT(council.Get(name), HasReason("REPORT_NOT_FOUND"));
    const auto catalogue =
        council.Do(&ReportStub::ListPublishedTables, v1::ListPublishedTablesRequest());
    ASSERT_OK(catalogue);
    EXPECT_EQ(catalogue->tables_size(), 0);
  }
  // That of this definition there is none, for this reason; both texts say what is asked for.
  void ExpectFailure(const v1::ReportDefinition& definition, const std::string& reason,
                     const std::string& names, const std::string& remedy) {
    SCOPED_TRACE(reason);
    const std::string id = absl::StrCat("r", ++number_);
    ASSERT_OK(maker_.Define(definition, id));
    ASSERT_OK(maker_.Ask(id, id));
    const v1::Report report = maker_.Await("reports/" + id);
    EXPECT_EQ(report.state(), v1::REPORT_STATE_FAILED) << report.ShortDebugString();
    EXPECT_EQ(report.failure(), reason);
    EXPECT_THAT(report.failure_en(), AllOf(HasSubstr(names), HasSubstr(remedy)));
    EXPECT_THAT(report.failure_es(), AllOf(HasSubstr(names), Not(HasSubstr(remedy))));
    EXPECT_EQ(report.files_size(), 0);
    ExpectNothingOf(id);
  }

  const sql::Target schema_;
  TellingAgency economy_;
  sql::Connection rows_;
  ReportCaller maker_;
  int number_ = 0;
};

TEST_F(ReportRefusals, OfDefinitionsNameTheFieldAndWhatItMayBe) {
  const auto with = [](const std::function<void(v1::ReportDefinition&)>& change) {
    v1::ReportDefinition definition = Definition();
    change(definition);
    return definition;
  };
  EXPECT_THAT(WrongWith(with([](auto& one) { one.mutable_tables(0)->set_dimensions(0, "state"); })),
              ElementsAre(HasSubstr("report_definition.tables[0].dimensions[0]: ")));
  EXPECT_THAT(WrongWith(with([](auto& one) { one.mutable_tables(0)->clear_dimensions(); })),
              ElementsAre(HasSubstr("report_definition.tables[0].dimensions: ")));
  // Without bounds.
  EXPECT_THAT(WrongWith(with([](auto& one) {
                while (one.tables_size() < 21) {
                  v1::ReportTable& table = *one.add_tables() = one.tables(0);
                  table.set_table(absl::StrCat("t", one.tables_size()));
                }
              })),
              ElementsAre(AllOf(HasSubstr("report_definition.tables: "), HasSubstr("20"))));
  EXPECT_THAT(WrongWith(with([](auto& one) {
                v1::ReportTableSource& source = *one.mutable_tables(0)->mutable_sources(0);
                while (source.measures_size() < 21) {
                  source.add_measures(absl::StrCat("M", source.measures_size()));
                }
              })),
              ElementsAre(AllOf(HasSubstr("tables[0].sources[0].measures: "), HasSubstr("20"))));
  EXPECT_THAT(WrongWith(with([](auto& one) {
                v1::ReportCodes& codes = *one.mutable_tables(0)->add_codes();
                codes.set_dimension("STATE");
                for (int i = 0; i <= 500; ++i) codes.add_codes(absl::StrCat("c", i));
              })),
              ElementsAre(AllOf(HasSubstr("tables[0].codes[0].codes: "), HasSubstr("500"))));
  // Contradictory.
  EXPECT_THAT(WrongWith(with([](auto& one) {
                v1::ReportCodes& codes = *one.mutable_tables(0)->add_codes();
                codes.set_dimension("SEX");
                codes.add_codes("F");
              })),
              ElementsAre(AllOf(HasSubstr("tables[0].codes[0].dimension: "), HasSubstr("STATE"))));
  EXPECT_THAT(WrongWith(with([](auto& one) {
                *one.mutable_tables(0)->add_sources() = one.tables(0).sources(0);
              })),
              ElementsAre(AllOf(HasSubstr("sources[1].measures[0]: "), HasSubstr("HEADS"))));
}

TEST_F(ReportRefusals, OfWhatAgenciesLackNameIt) {
  const std::string correct = "correct the report's definition";
  v1::ReportDefinition definition = Definition();
  definition.mutable_tables(0)->set_dimensions(0, "SEX");
  ExpectFailure(definition, "REPORT_DIMENSION_MISSING", "SEX", correct);
  definition = Definition();
  definition.mutable_tables(0)->mutable_sources(0)->set_measures(0, "PUPILS");
  ExpectFailure(definition, "REPORT_MEASURE_MISSING", "PUPILS", correct);
  economy_.Tell(Demand().Row("demand", {"09", "skills/a"}, {30}).text());
  ExpectFailure(Definition(), "REPORT_NO_TOTAL", "SKILL", "keep that dimension");
}

TEST_F(ReportRefusals, OfATableOfWhichAllIsWithheldNameIt) {
  economy_.Tell(Demand()
                    .Row("demand", {"09", "_T"}, {std::nullopt})
                    .Row("demand", {"_T", "_T"}, {std::nullopt})
                    .Row("demand", {"_T", "skills/a"}, {40})
                    .text());
  ExpectFailure(Definition(), "REPORT_TABLE_HIDDEN", "by-state", "keep fewer dimensions");
  // A figure that is told is enough.
  v1::ReportDefinition both = Definition();
  both.mutable_tables(0)->set_dimensions(0, "SKILL");
  ASSERT_OK(maker_.Define(both, "told"));
  ASSERT_OK(maker_.Ask("told", "told"));
  EXPECT_EQ(maker_.Await("reports/told").state(), v1::REPORT_STATE_DRAFTED);
}

TEST_F(ReportRefusals, OfFilesThatAreTooLargeFetchNothing) {
  economy_.Claim(static_cast<int64_t>(reports::kMostExtractBytes) + 1);
  ExpectFailure(Definition(), "REPORT_TOO_LARGE", "demand", "divide it");
  EXPECT_EQ(economy_.exports(), 0);
}

TEST_F(ReportRefusals, LeaveNothingOfMoreThanIsTakenAwayAtATime) {
  economy_.Hold();
  ASSERT_OK(maker_.Define(Definition(), "need"));
  ASSERT_OK(maker_.Ask("one", "need"));
  MustExecute(rows_,
              "INSERT INTO report_part SELECT 'one', 2, 'economy', seq, 'kept'"
              " FROM seq_1_to_300");
  ASSERT_OK(maker_.Do(&ReportStub::CancelReport, "reports/one"));
  ExpectNothingOf("one");
}

// A disk that fills, as the database says it: what is asked to be stored is refused.
class ReportOnAFullDisk : public ReportRefusals {
 protected:
  // Of what is kept with reports, the parts of this kind (parts.h).
  void Fill(int kind) {
    MustExecute(rows_,
                absl::StrCat("CREATE TRIGGER disk_is_full BEFORE INSERT ON report_part FOR EACH ROW"
                             " IF NEW.kind = ",
                             kind,
                             " THEN SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114,"
                             " MESSAGE_TEXT = 'The table is full'; END IF"));
  }
  void MakeRoom() { MustExecute(rows_, "DROP TRIGGER disk_is_full"); }
  // The last error of its work.
  bool HasFailedOnce(const std::string& kind) {
    return Count(absl::StrCat("due WHERE kind = '", kind, "' AND last_error <> ''")) == 1;
  }
  void ExpectDrafted(const std::string& id) {
    ASSERT_OK(maker_.Ask(id, "need"));
    EXPECT_EQ(maker_.Await("reports/" + id).state(), v1::REPORT_STATE_DRAFTED);
  }
};

TEST_F(ReportOnAFullDisk, FailsByItselfAndNotByAnAgency) {
  Fill(2);
  ASSERT_OK(maker_.Define(Definition(), "need"));
  ASSERT_OK(maker_.Ask("one", "need"));
  EXPECT_TRUE(Becomes([&] { return HasFailedOnce("reports.run"); }));
  MustExecute(rows_, "UPDATE report SET create_time = create_time - INTERVAL 1 DAY");
  MustExecute(rows_, "UPDATE due SET claim_time = UTC_TIMESTAMP(6) WHERE kind = 'reports.run'");
  const v1::Report report = maker_.Await("reports/one");
  EXPECT_EQ(report.state(), v1::REPORT_STATE_FAILED) << report.ShortDebugString();
  EXPECT_EQ(report.failure(), "REPORT_NOT_KEPT");
  EXPECT_THAT(report.failure_en(), HasSubstr("disk is full"));
  ExpectNothingOf("one");
  MakeRoom();
  ExpectDrafted("two");
}

TEST_F(ReportOnAFullDisk, IsNotDraftedAndLeavesNothing) {
  Fill(3);
  ASSERT_OK(maker_.Define(Definition(), "need"));
  ASSERT_OK(maker_.Ask("one", "need"));
  EXPECT_TRUE(Becomes([&] { return HasFailedOnce("reports.draft"); }));
  ASSERT_OK_AND_ASSIGN(const v1::Report half, maker_.Get("reports/one"));
  EXPECT_EQ(half.state(), v1::REPORT_STATE_READING);
  EXPECT_EQ(half.files_size() + half.tables_size(), 0) << "rows are kept, and not told";
  MustExecute(rows_,
              "UPDATE due SET attempts = 5, claim_time = UTC_TIMESTAMP(6)"
              " WHERE kind = 'reports.draft'");
  const v1::Report report = maker_.Await("reports/one");
  EXPECT_EQ(report.state(), v1::REPORT_STATE_FAILED) << report.ShortDebugString();
  EXPECT_EQ(report.failure(), "REPORT_NOT_DRAFTED");
  EXPECT_THAT(report.failure_en(), HasSubstr("ask Puente's operators"));
  ExpectNothingOf("one");
  MakeRoom();
  ExpectDrafted("two");
}

}  // namespace
}  // namespace puente::gateway
