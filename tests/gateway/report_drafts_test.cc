// How the files of a report come to be kept: in many transactions, of which nothing is told before
// the last, and nothing left of those that came to none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "gateway/reports/draft.h"
#include "gateway/reports/kept_rows.h"
#include "tests/gateway/reports.h"
#include "tests/testing/text.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using reports::PartKind;

constexpr int kRows = 5'000;

v1::ReportDefinition Definition() {
  return testing::Of<v1::ReportDefinition>(R"pb(
    title_es: "Necesidad"
    title_en: "Need"
    summary_es: "Lo que se necesita."
    summary_en: "What is needed."
    tables {
      table: "need"
      title_es: "Por habilidad"
      title_en: "By skill"
      sources { agency: "economy" table: "demand" measures: "HEADS" }
      dimensions: "SKILL"
    })pb");
}

std::string Economy() {
  ExtractFile file("economy");
  std::vector<std::string> codes;
  for (int i = 0; i < kRows; ++i) codes.push_back(absl::StrCat("skills/", 10'000 + i));
  file.Table("demand", {{"SKILL", "CL_SKILL"}}, {"HEADS"}).List("CL_SKILL", codes);
  for (const std::string& code : codes) file.Row("demand", {code}, {std::ssize(code)});
  return file.text();
}

class ReportDrafts : public ::testing::Test {
 protected:
  ReportDrafts()
      : schema_(Database::Shared().NewSchema(Gateway().migrations)),
        economy_(Economy()),
        rows_(schema_),
        session_(schema_) {
    maker_.emplace(Kind(), schema_, "agency/education", "statistician-1");
    EXPECT_OK(maker_->Define(Definition(), "need"));
    call_.start = absl::Now();
    call_.deadline = call_.start + absl::Minutes(1);
  }

  hosting::ModuleKind Kind() { return GatewayTo({{"economy", economy_.channel()}}); }
  // A report that waits for its agency.
  void Ask() {
    economy_.Hold();
    EXPECT_OK(maker_->Ask("one", "need"));
  }
  v1::Report Drafted() {
    v1::Report report = maker_->Await("reports/one");
    EXPECT_EQ(report.state(), v1::REPORT_STATE_DRAFTED) << report.ShortDebugString();
    return report;
  }
  int64_t Count(const std::string& where) {
    return MustCount(rows_, absl::StrCat("SELECT COUNT(*) FROM report_part WHERE ", where));
  }

  const sql::Target schema_;
  TellingAgency economy_;
  sql::Connection rows_;
  std::optional<ReportCaller> maker_;
  // Of slices that a test runs by itself.
  sql::Session session_;
  Call call_;
  const journal::Journal journal_{.tokens = journal::Tokens("gateway")};
  const due::Task task_{"reports.draft", "one", "", absl::InfinitePast()};
  const std::string last_error_;
  bool cancelled_ = false;
  const due::Slice slice_{task_, 1, last_error_, call_, session_, [this] { return cancelled_; }};
};

TEST_F(ReportDrafts, OfAnAttemptThatDiedNothingIsLeft) {
  Ask();
  // More than is taken away at a time, and behind the end of what is to come.
  for (const char* const item : {"need.csv", "other.csv"}) {
    MustExecute(rows_, absl::StrCat("INSERT INTO report_part SELECT 'one', 3, '", item,
                                    "', seq, 'left' FROM seq_1_to_200"));
  }
  MustExecute(rows_,
              "INSERT INTO report_part VALUES ('one', 4, 'need', 900, 'left'),"
              " ('one', 5, '', 900, 'left')");
  economy_.LetGo();
  const v1::Report report = Drafted();
  EXPECT_EQ(Count("content = 'left'"), 0);
  for (const v1::ReportFile& file : report.files()) {
    ASSERT_OK_AND_ASSIGN(const std::string content, maker_->ContentOf("reports/one", file.path()));
    EXPECT_EQ(absl::BytesToHexString(crypto::Sha256(content)), file.sha256()) << file.path();
  }
}

TEST_F(ReportDrafts, OfTwoAttemptsTheLaterAloneKeepsAnything) {
  Ask();
  maker_.reset();
  reports::Draft first(journal_, slice_), second(journal_, slice_);
  ASSERT_OK(first.Begin());
  ASSERT_OK(first.Add(PartKind::kFile, "a.csv", "first"));
  ASSERT_OK(first.Flush());
  EXPECT_EQ(Count("content = 'first'"), 1);
  ASSERT_OK(second.Begin());
  EXPECT_EQ(Count("content = 'first'"), 0);
  ASSERT_OK(second.Add(PartKind::kFile, "a.csv", "second"));
  ASSERT_OK(second.Flush());
  ASSERT_OK(first.Add(PartKind::kFile, "a.csv", "first again"));
  EXPECT_THAT(first.Flush(), HasReason("LEASE_LOST"));
  const auto confirm = [&](const reports::Draft& draft) {
    return journal::KeepBooks(journal_, session_, call_, [&](journal::Transaction& tx) {
      return reports::Draft::Confirm(tx, "one", draft.ended());
    });
  };
  EXPECT_THAT(confirm(first), HasReason("LEASE_LOST"));
  EXPECT_OK(confirm(second));
  EXPECT_EQ(Count("kind = 3"), 1);
  EXPECT_EQ(Count("content = 'second'"), 1);
  // Once it has files, whoever was frozen takes nothing of them away.
  MustExecute(rows_, "UPDATE report SET state = 3");
  reports::Draft late(journal_, slice_);
  EXPECT_THAT(late.Begin(), HasReason("LEASE_LOST"));
  EXPECT_EQ(Count("content = 'second'"), 1);
}

// Between what is deleted and what says that the report is cancelled, nothing is kept any more.
TEST_F(ReportDrafts, ThatAreCancelledWhileTheyAreKeptLeaveNothing) {
  Ask();
  maker_->Await("reports/one",
                [](const v1::Report& one) { return one.state() == v1::REPORT_STATE_READING; });
  ASSERT_OK(rows_.Begin(sql::Isolation::kReadCommitted));
  MustExecute(rows_, "UPDATE report SET guard = guard + 1");
  std::thread cancels([&] { EXPECT_OK(maker_->Do(&ReportStub::CancelReport, "reports/one")); });
  sql::Connection looks(schema_);
  EXPECT_TRUE(testing::Becomes([&] {
    return MustCount(looks,
                     "SELECT COUNT(*) FROM information_schema.PROCESSLIST"
                     " WHERE DB = DATABASE() AND INFO LIKE 'UPDATE report FORCE%'") == 1;
  }));
  MustExecute(rows_, "INSERT INTO report_part VALUES ('one', 3, 'need.csv', 0, 'late')");
  ASSERT_OK(rows_.Commit());
  cancels.join();
  EXPECT_TRUE(testing::Becomes([&] { return Count("report = 'one'") == 0; }));
}

// Else a large report would make another fail, which waits for the gateway for some minutes.
TEST_F(ReportDrafts, KeepNobodyFromTheGatewaysOwnExtracts) {
  Ask();
  v1::ReportDefinition own = Definition();
  v1::ReportTableSource& source = *own.mutable_tables(0)->mutable_sources(0);
  source.set_agency("gateway");
  source.set_table("record-quality");
  source.set_measures(0, "REFERENCES");
  own.mutable_tables(0)->set_dimensions(0, "KIND");
  ASSERT_OK(maker_->Define(own, "own"));
  // All of it is kept, and its files can't be.
  maker_->Await("reports/one",
                [](const v1::Report& one) { return one.state() == v1::REPORT_STATE_READING; });
  ASSERT_OK(rows_.Begin(sql::Isolation::kReadCommitted));
  MustExecute(rows_,
              "INSERT INTO report_draft (report, attempt, step) VALUES ('one', 1, 0)"
              " ON DUPLICATE KEY UPDATE step = 0");
  economy_.LetGo();
  sql::Connection looks(schema_);
  const auto waits = [&] {
    return MustCount(looks,
                     "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE()"
                     " AND INFO LIKE 'INSERT INTO report_draft%' AND ID <> CONNECTION_ID()") == 1;
  };
  EXPECT_TRUE(testing::Becomes(waits));
  ASSERT_OK(maker_->Ask("two", "own"));
  const v1::Report two = maker_->Await("reports/two", [](const v1::Report& report) {
    return report.extracts(0).state() == v1::REPORT_EXTRACT_STATE_KEPT;
  });
  EXPECT_EQ(two.extracts(0).state(), v1::REPORT_EXTRACT_STATE_KEPT) << two.ShortDebugString();
  EXPECT_EQ(MustCount(looks,
                      "SELECT COUNT(*) FROM due WHERE kind = 'reports.draft' AND item_key = 'one'"
                      " AND attempts = 1 AND last_error = ''"),
            1)
      << "it has waited all the time";
  rows_.Rollback();
  Drafted();
}

TEST_F(ReportDrafts, EndWhenTheirSliceDoes) {
  Ask();
  maker_.reset();
  reports::Draft draft(journal_, slice_);
  ASSERT_OK(draft.Begin());
  ASSERT_OK(draft.Add(PartKind::kFile, "a.csv", "1"));
  cancelled_ = true;
  EXPECT_EQ(draft.Flush().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Count("kind = 3"), 0);
}

TEST_F(ReportDrafts, HaveRowsThatAreReadOneAfterTheOther) {
  EXPECT_OK(maker_->Ask("one", "need"));
  Drafted();
  ASSERT_GT(Count("kind = 4"), 2) << "several pieces";
  reports::KeptRows rows(session_, "one", "need");
  std::string last;
  int count = 0;
  for (;; ++count) {
    ASSERT_OK_AND_ASSIGN(const api::v1::FigureRow* const row, rows.Next());
    if (row == nullptr) break;
    EXPECT_LT(last, row->codes(0));
    last = row->codes(0);
  }
  EXPECT_EQ(count, kRows);
  MustExecute(rows_, "UPDATE report_part SET content = 'x' WHERE kind = 4 AND number = 0");
  reports::KeptRows broken(session_, "one", "need");
  EXPECT_EQ(broken.Next().status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace puente::gateway
