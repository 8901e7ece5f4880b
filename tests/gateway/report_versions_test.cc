// Versions of a report: which one it is compared with, what it says of that, and what it may not
// say any more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "tests/gateway/reports.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Posts by state, as the agency tells them.
std::string Posts(const std::map<std::string, std::optional<int64_t>>& posts) {
  std::vector<std::string> codes;
  for (const auto& [code, count] : posts) codes.push_back(code);
  ExtractFile file("labor");
  file.Table("vacancies", {{"STATE", "CL_STATE"}}, {"POSTS"}).List("CL_STATE", codes);
  for (const auto& [code, count] : posts) file.Row("vacancies", {code}, {count});
  return file.text();
}

class ReportVersions : public ::testing::Test {
 protected:
  ReportVersions()
      : schema_(Database::Shared().NewSchema(Gateway().migrations)),
        labor_(Posts({{"09", 12'345}, {"_T", 30}})),
        maker_(As("agency/education")),
        second_(As("agency/labor")),
        council_(As("council/cce")) {
    EXPECT_OK(maker_.Define(PostsByState(), "posts"));
  }

  ReportCaller As(const std::string& caller) {
    const bool agency = absl::StartsWith(caller, "agency/");
    return ReportCaller(GatewayTo({{"labor", labor_.channel()}}), schema_, caller,
                        agency ? "statistician-1" : "");
  }
  v1::Report Drafted(const std::string& id) {
    EXPECT_OK(maker_.Ask(id, "posts"));
    v1::Report report = maker_.Await("reports/" + id);
    EXPECT_EQ(report.state(), v1::REPORT_STATE_DRAFTED) << report.ShortDebugString();
    return report;
  }
  v1::Report Approved(const std::string& id) {
    Drafted(id);
    const auto approved = second_.Do(&ReportStub::ApproveReport, "reports/" + id);
    EXPECT_OK(approved);
    return approved.ok() ? *approved : v1::Report();
  }
  absl::StatusOr<v1::Report> Publish(const std::string& id) {
    return maker_.Do(&ReportStub::PublishReport, "reports/" + id);
  }
  v1::Report Published(const std::string& id) {
    Approved(id);
    const auto published = Publish(id);
    EXPECT_OK(published);
    return published.ok() ? *published : v1::Report();
  }
  void Withdraw(const std::string& id) {
    v1::WithdrawReportRequest request;
    request.set_name("reports/" + id);
    request.set_reason("Una fuente estaba mal.");
    EXPECT_OK(maker_.Do(&ReportStub::WithdrawReport, request));
  }
  std::string FileOf(ReportCaller& reader, const std::string& id, const std::string& path) {
    const auto content = reader.ContentOf("reports/" + id, path);
    EXPECT_OK(content);
    return content.ok() ? *content : "";
  }

  const sql::Target schema_;
  TellingAgency labor_;
  ReportCaller maker_, second_, council_;
};

TEST_F(ReportVersions, GrowFromTheOneThatStands) {
  const v1::Report first = Published("one");
  EXPECT_EQ(first.report_version(), "1.0.0");
  EXPECT_EQ(first.previous(), "");
  EXPECT_FALSE(first.has_changes());
  const auto same = Published("two");
  EXPECT_EQ(same.report_version(), "1.0.0");
  EXPECT_EQ(same.previous(), "reports/one");
  EXPECT_EQ(same.changes().level(), v1::REPORT_VERSION_LEVEL_SAME);
  EXPECT_THAT(FileOf(council_, "two", "report.es.html"), HasSubstr("No cambió nada"));
  labor_.Tell(Posts({{"09", std::nullopt}, {"_T", 31}}));
  const auto patch = Published("three");
  EXPECT_EQ(patch.report_version(), "1.0.1");
  EXPECT_EQ(patch.previous(), "reports/two");
  EXPECT_EQ(patch.changes().previous_version(), "1.0.0");
  EXPECT_EQ(patch.changes().level(), v1::REPORT_VERSION_LEVEL_PATCH);
  ASSERT_EQ(patch.changes().tables_size(), 1);
  EXPECT_EQ(patch.changes().tables(0).table(), "by-state");
  EXPECT_EQ(patch.changes().tables(0).counts(0).kind(), v1::REPORT_CHANGE_KIND_FIGURES);
  EXPECT_EQ(patch.changes().tables(0).counts(0).count(), 2);
  EXPECT_EQ(FileOf(council_, "three", "changes.csv"),
            "table,change,level,item,STATE,STATE_es,STATE_en,replaced,before,before_status,after,"
            "after_status\n"
            "by-state,FIGURES,PATCH,POSTS,09,es 09,en 09,,12345,A,,Q\n"
            "by-state,FIGURES,PATCH,POSTS,_T,es _T,en _T,,30,A,31,A\n");
  labor_.Tell(Posts({{"09", std::nullopt}, {"14", 0}, {"_T", 31}}));
  EXPECT_EQ(Published("four").report_version(), "1.1.0");
  labor_.Tell(Posts({{"_T", 31}}));
  EXPECT_EQ(Published("five").report_version(), "2.0.0");
  const auto manifest = nlohmann::json::parse(FileOf(council_, "five", "manifest.json"));
  EXPECT_EQ(manifest["version"], "2.0.0");
  EXPECT_EQ(manifest["previous"],
            (nlohmann::json{{"report", "four"}, {"version", "1.1.0"}, {"level", "MAJOR"}}));
}

TEST_F(ReportVersions, MapCodesThatWereReplaced) {
  Published("one");
  v1::UpdateReportDefinitionRequest update;
  update.mutable_report_definition()->set_name("reportDefinitions/posts");
  v1::ReportReplacedCode& replaced = *update.mutable_report_definition()->add_replaced_codes();
  replaced.set_code_list("CL_STATE");
  replaced.set_code("09");
  replaced.set_replaced_by("33");
  update.mutable_update_mask()->add_paths("replaced_codes");
  ASSERT_OK(maker_.Redefine(update));
  labor_.Tell(Posts({{"33", 7}, {"_T", 30}}));
  EXPECT_EQ(Published("two").report_version(), "2.0.0");
  EXPECT_THAT(FileOf(council_, "two", "changes.csv"),
              HasSubstr("by-state,ROW_MAPPED,MAJOR,POSTS,33,es 33,en 33,STATE=09,12345,A,7,A\n"));
}

TEST_F(ReportVersions, AreTheSameToTheByteWhenMadeAgain) {
  Published("one");
  labor_.Tell(Posts({{"09", 1}, {"_T", 31}}));
  Published("two");
  Withdraw("one");
  labor_.Tell(Posts({{"_T", 32}}));
  Published("three");
  for (const char* name : {"reports/one", "reports/two", "reports/three"}) {
    ASSERT_OK_AND_ASSIGN(const auto again, maker_.Do(&ReportStub::RerunReport, name));
    EXPECT_EQ(again.outcome(), v1::RERUN_OUTCOME_SAME) << again.ShortDebugString();
  }
}

TEST_F(ReportVersions, AreNotApprovedOrPublishedOnceTheyAreOvertaken) {
  const v1::Report drafted = Drafted("drafted");
  EXPECT_EQ(drafted.previous(), "");
  Approved("approved");
  Published("one");
  EXPECT_THAT(second_.Do(&ReportStub::ApproveReport, "reports/drafted"),
              HasReason("REPORT_OVERTAKEN"));
  EXPECT_THAT(Publish("approved"), HasReason("REPORT_OVERTAKEN"));
  EXPECT_EQ(Published("two").previous(), "reports/one");
}

TEST_F(ReportVersions, DoNotTellWhatWasWithdrawn) {
  Published("one");
  labor_.Tell(Posts({{"09", 1}, {"_T", 31}}));
  Drafted("drafted");
  Approved("approved");
  Published("two");
  EXPECT_THAT(FileOf(council_, "two", "changes.csv"), HasSubstr("12345"));
  Withdraw("two");
  EXPECT_EQ(Drafted("three").previous(), "reports/one") << "the last that stands";
  Withdraw("one");
  EXPECT_THAT(second_.Do(&ReportStub::ApproveReport, "reports/three"),
              HasReason("REPORT_PREVIOUS_WITHDRAWN"));
  EXPECT_THAT(Publish("approved"), HasReason("REPORT_PREVIOUS_WITHDRAWN"));
  const v1::Report four = Published("four");
  EXPECT_EQ(four.previous(), "");
  EXPECT_EQ(four.report_version(), "2.0.0") << "1.0.0 was another's";
}

// What grew from the one that stands would have the version of another that was withdrawn.
TEST_F(ReportVersions, AreNotUsedTwice) {
  Published("one");
  labor_.Tell(Posts({{"09", 1}, {"_T", 30}}));
  EXPECT_EQ(Published("two").report_version(), "1.0.1");
  Withdraw("two");
  labor_.Tell(Posts({{"09", 2}, {"_T", 30}}));
  const v1::Report three = Drafted("three");
  EXPECT_EQ(three.previous(), "reports/one");
  EXPECT_EQ(three.report_version(), "1.0.2");
  Approved("late");
  EXPECT_EQ(Published("four").report_version(), "1.0.2");
  Withdraw("four");
  EXPECT_THAT(Publish("late"), HasReason("REPORT_VERSION_TAKEN"));
  EXPECT_THAT(second_.Do(&ReportStub::ApproveReport, "reports/three"),
              HasReason("REPORT_VERSION_TAKEN"));
  labor_.Tell(Posts({{"09", 12'345}, {"_T", 30}}));
  EXPECT_EQ(Published("same").report_version(), "1.0.0") << "it says what stands";
  const auto again = maker_.Do(&ReportStub::RerunReport, "reports/two");
  ASSERT_OK(again);
  EXPECT_EQ(again->outcome(), v1::RERUN_OUTCOME_SAME);
}

TEST_F(ReportVersions, ArePublishedAfterTheLastByWhicheverClock) {
  Published("one");
  sql::Connection rows(schema_);
  testing::MustExecute(rows, "UPDATE report SET publish_time = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR");
  ASSERT_OK_AND_ASSIGN(const v1::Report one, maker_.Get("reports/one"));
  const v1::Report two = Published("two");
  EXPECT_GT(FromProto(two.publish_time()), FromProto(one.publish_time()));
  EXPECT_EQ(Drafted("three").previous(), "reports/two");
}

TEST_F(ReportVersions, OfAnOlderSnapshotDoNotFollowTheOneThatStands) {
  Drafted("old");
  labor_.ReadAt(absl::FromUnixSeconds(1'790'000'100));
  Published("one");
  // It says the same as "old", which is overtaken and no longer in its way.
  ASSERT_OK(maker_.Ask("two", "posts", absl::InfinitePast(), "reports/old"));
  EXPECT_EQ(maker_.Await("reports/two").previous(), "reports/one");
  EXPECT_THAT(second_.Do(&ReportStub::ApproveReport, "reports/two"),
              HasReason("REPORT_READ_EARLIER"));
  EXPECT_THAT(maker_.Ask("three", "posts", absl::InfinitePast(), "reports/old"),
              HasReason("REPORT_MADE_ALREADY"));
}

TEST_F(ReportVersions, SinceOneThatIsBrokenAreNotMade) {
  Published("one");
  sql::Connection rows(schema_);
  testing::MustExecute(rows, "UPDATE report_part SET content = 'x' WHERE kind = 4");
  ASSERT_OK(maker_.Ask("two", "posts"));
  const v1::Report two = maker_.Await("reports/two");
  EXPECT_EQ(two.failure(), "REPORT_BROKEN");
  EXPECT_THAT(two.failure_en(), HasSubstr("reports/one"));
}

// Of a report that stands while the one before is withdrawn, nobody is told any more what that
// said.
TEST_F(ReportVersions, KeepBackChangesSinceWhatWasWithdrawn) {
  Published("one");
  labor_.Tell(Posts({{"09", 1}, {"_T", 31}}));
  const v1::Report two = Published("two");
  Withdraw("one");
  for (const char* path : {"changes.csv", "changes.json"}) {
    EXPECT_THAT(council_.ContentOf("reports/two", path), HasReason("REPORT_CHANGES_WITHDRAWN"));
    EXPECT_THAT(FileOf(maker_, "two", path), HasSubstr("12345"));
  }
  for (const v1::ReportFile& file : two.files()) {
    if (absl::StartsWith(file.path(), "changes.")) continue;
    EXPECT_THAT(FileOf(council_, "two", file.path()),
                AllOf(Not(HasSubstr("12345")), Not(HasSubstr("12,345"))))
        << file.path();
  }
}

// All say that nothing went before: one of them is the first.
TEST_F(ReportVersions, PublishedAtOnceDoNotOvertakeEachOther) {
  constexpr int kMany = 4;
  for (int i = 0; i < kMany; ++i) Approved(absl::StrCat("r", i));
  std::vector<absl::Status> outcomes(kMany);
  std::vector<std::thread> threads;
  for (int i = 0; i < kMany; ++i) {
    threads.emplace_back([&, i] { outcomes[i] = Publish(absl::StrCat("r", i)).status(); });
  }
  for (std::thread& thread : threads) thread.join();
  int published = 0;
  for (const absl::Status& outcome : outcomes) {
    if (outcome.ok()) {
      ++published;
    } else {
      EXPECT_THAT(outcome, HasReason("REPORT_OVERTAKEN"));
    }
  }
  EXPECT_EQ(published, 1);
}

TEST_F(ReportVersions, OfDefinitionsThatContradictThemselvesAreNone) {
  const auto refused = [&](const std::vector<std::pair<std::string, std::string>>& codes) {
    v1::ReportDefinition definition = PostsByState();
    for (const auto& [code, by] : codes) {
      v1::ReportReplacedCode& one = *definition.add_replaced_codes();
      one.set_code_list("CL_STATE");
      one.set_code(code);
      one.set_replaced_by(by);
    }
    return maker_.Define(definition, "x");
  };
  EXPECT_THAT(refused({{"09", "33"}, {"09", "34"}}), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(refused({{"09", "33"}, {"33", "34"}}), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(refused({{"09", "09"}}), HasReason("INVALID_FIELDS"));
  EXPECT_OK(refused({{"09", "33"}, {"14", "33"}}));
}

}  // namespace
}  // namespace puente::gateway
