// Schedules of reports: their times, and what happens at them, with the gateway as it is. Time is
// moved in the database, by which due work is due.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/clock.h"
#include "gateway/report_schedules/rules.h"
#include "google/rpc/error_details.pb.h"
#include "puente/gateway/v1/report_schedule.grpc.pb.h"
#include "tests/gateway/reports.h"
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
using Stub = v1::ReportScheduleService::Stub;

v1::ReportSchedule Schedule(const std::string& text) {
  return testing::Of<v1::ReportSchedule>(text);
}

absl::Time At(const std::string& legal) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M", legal, MexicoCity(), &time, &error)) << error;
  return time;
}

// Its next times, by legal time.
std::vector<std::string> TimesOf(const v1::ReportSchedule& schedule, const std::string& after,
                                 int most) {
  std::vector<std::string> times;
  absl::Time last = At(after);
  while (std::ssize(times) < most) {
    const auto next = NextRun(schedule, last);
    if (!next) break;
    times.push_back(absl::FormatTime("%Y-%m-%d %H:%M", *next, MexicoCity()));
    last = *next;
  }
  return times;
}

std::vector<std::string> WrongIn(const std::string& text) {
  std::vector<std::string> fields;
  for (const Violation& violation : CheckReportSchedule(Schedule(text), "s")) {
    fields.push_back(violation.field);
  }
  return fields;
}

TEST(ReportScheduleTimes, AreEachWeekMonthQuarterAndYear) {
  EXPECT_THAT(TimesOf(Schedule("frequency: REPORT_FREQUENCY_MONTHLY day: 31 hour: 6"),
                      "2027-12-31 06:00", 3),
              ElementsAre("2028-01-31 06:00", "2028-02-29 06:00", "2028-03-31 06:00"));
  EXPECT_THAT(
      TimesOf(Schedule("frequency: REPORT_FREQUENCY_MONTHLY day: 5"), "2026-11-04 23:59", 2),
      ElementsAre("2026-11-05 00:00", "2026-12-05 00:00"));
  EXPECT_THAT(TimesOf(Schedule("frequency: REPORT_FREQUENCY_QUARTERLY month: 2 day: 15 hour: 9"),
                      "2026-11-15 09:00", 3),
              ElementsAre("2027-02-15 09:00", "2027-05-15 09:00", "2027-08-15 09:00"));
  EXPECT_THAT(TimesOf(Schedule("frequency: REPORT_FREQUENCY_YEARLY month: 2 day: 29"),
                      "2026-11-30 12:00", 2),
              ElementsAre("2027-02-28 00:00", "2028-02-29 00:00"));
  // The 30th of November 2026 is a Monday.
  EXPECT_THAT(
      TimesOf(Schedule("frequency: REPORT_FREQUENCY_WEEKLY day: 1 hour: 8"), "2026-11-30 07:59", 2),
      ElementsAre("2026-11-30 08:00", "2026-12-07 08:00"));
  EXPECT_THAT(TimesOf(Schedule("frequency: REPORT_FREQUENCY_WEEKLY day: 7"), "2026-11-30 07:59", 1),
              ElementsAre("2026-12-06 00:00"));
}

TEST(ReportScheduleTimes, AreBetweenTheFirstDayAndTheLast) {
  const auto schedule = Schedule(R"pb(frequency: REPORT_FREQUENCY_MONTHLY
                                      day: 10
                                      first_date { year: 2027 month: 1 day: 11 }
                                      last_date { year: 2027 month: 3 day: 10 })pb");
  EXPECT_THAT(TimesOf(schedule, "2026-11-30 00:00", 9),
              ElementsAre("2027-02-10 00:00", "2027-03-10 00:00"));
  EXPECT_THAT(CheckTimes(schedule, At("2026-11-30 00:00"), "s"), IsEmpty());
  EXPECT_EQ(CheckTimes(schedule, At("2027-01-12 00:00"), "s").size(), 1U) << "in the past";
  auto none = schedule;
  none.mutable_last_date()->set_month(2);
  none.mutable_last_date()->set_day(9);
  EXPECT_EQ(CheckTimes(none, At("2026-11-30 00:00"), "s").size(), 1U) << "no time is left";
}

// The country had summer time until 2022.
TEST(ReportScheduleTimes, AreByTheLegalHour) {
  const auto schedule = Schedule("frequency: REPORT_FREQUENCY_MONTHLY day: 1 hour: 6");
  const auto april = NextRun(schedule, At("2022-03-31 00:00")),
             december = NextRun(schedule, At("2022-11-30 00:00"));
  EXPECT_EQ(absl::FormatTime("%H:%M", *april, absl::UTCTimeZone()), "12:00");
  EXPECT_EQ(
      absl::FormatTime("%H:%M", *NextRun(schedule, At("2022-04-30 00:00")), absl::UTCTimeZone()),
      "11:00");
  EXPECT_EQ(absl::FormatTime("%H:%M", *december, absl::UTCTimeZone()), "12:00");
}

TEST(ReportScheduleTimes, ThatContradictThemselvesAreNone) {
  EXPECT_THAT(WrongIn("frequency: REPORT_FREQUENCY_WEEKLY day: 8 month: 1"),
              ElementsAre("s.day", "s.month"));
  EXPECT_THAT(WrongIn("frequency: REPORT_FREQUENCY_MONTHLY day: 31 month: 1"),
              ElementsAre("s.month"));
  EXPECT_THAT(WrongIn("frequency: REPORT_FREQUENCY_QUARTERLY day: 1"), ElementsAre("s.month"));
  EXPECT_THAT(WrongIn("frequency: REPORT_FREQUENCY_QUARTERLY day: 1 month: 4"),
              ElementsAre("s.month"));
  EXPECT_THAT(WrongIn("frequency: REPORT_FREQUENCY_YEARLY day: 1"), ElementsAre("s.month"));
  EXPECT_THAT(WrongIn("frequency: REPORT_FREQUENCY_MONTHLY day: 1 embargo_offset { seconds: -1 }"),
              ElementsAre("s.embargo_offset"));
  EXPECT_THAT(
      WrongIn("frequency: REPORT_FREQUENCY_WEEKLY day: 1 embargo_offset { seconds: 604800 }"),
      ElementsAre("s.embargo_offset"));
  EXPECT_THAT(
      WrongIn("frequency: REPORT_FREQUENCY_WEEKLY day: 1 embargo_offset { seconds: 604799 }"),
      IsEmpty());
  EXPECT_THAT(WrongIn("frequency: REPORT_FREQUENCY_YEARLY day: 31 month: 12"), IsEmpty());
}

// Who adds schedules, with a process of the gateway of his own.
class Scheduler {
 public:
  Scheduler(const hosting::ModuleKind& gateway, const sql::Target& schema,
            const std::string& caller = "agency/education", std::string actor = "statistician-1")
      : actor_(std::move(actor)),
        hosted_(gateway, schema, caller),
        stub_(v1::ReportScheduleService::NewStub(hosted_.channel())) {}

  absl::StatusOr<v1::ReportSchedule> Add(const std::string& id, v1::ReportSchedule schedule) {
    v1::CreateReportScheduleRequest request;
    request.set_report_schedule_id(id);
    if (schedule.report_definition().empty()) {
      schedule.set_report_definition("reportDefinitions/posts");
    }
    schedule.set_source("test");
    schedule.set_record_kind(type::v1::RECORD_KIND_REAL);
    *request.mutable_report_schedule() = schedule;
    return testing::Called(*stub_, &Stub::CreateReportSchedule, request, nullptr, "", actor_);
  }
  template <class Request>
  absl::StatusOr<v1::ReportSchedule> Do(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                     const Request&,
                                                                     v1::ReportSchedule*)) {
    Request request;
    request.set_name("reportSchedules/monthly");
    return testing::Called(*stub_, method, request, nullptr, "", actor_);
  }
  v1::ReportSchedule Get() {
    const auto schedule = Do(&Stub::GetReportSchedule);
    EXPECT_OK(schedule);
    return schedule.ok() ? *schedule : v1::ReportSchedule();
  }

 private:
  const std::string actor_;
  testing::HostedModule hosted_;
  const std::unique_ptr<Stub> stub_;
};

class ReportSchedules : public ::testing::Test {
 protected:
  ReportSchedules()
      : schema_(Database::Shared().NewSchema(Gateway().migrations)),
        rows_(schema_),
        reports_(Kind(), schema_, "agency/education", "statistician-1"),
        schedules_(Kind(), schema_) {
    EXPECT_OK(reports_.Define(PostsByState(), "posts"));
  }

  using Channels = std::map<std::string, std::shared_ptr<grpc::Channel>>;

  // No agency answers: a report that is asked for is not made.
  static hosting::ModuleKind Kind() { return GatewayTo(Channels()); }
  static v1::ReportSchedule Monthly() {
    return Schedule("frequency: REPORT_FREQUENCY_MONTHLY day: 1 hour: 6");
  }
  v1::ReportSchedule Added() {
    const auto schedule = schedules_.Add("monthly", Monthly());
    EXPECT_OK(schedule);
    return schedule.ok() ? *schedule : v1::ReportSchedule();
  }
  // As if all of this had been so many days ago.
  void Pass(int days) {
    MustExecute(rows_, absl::StrCat("UPDATE report_schedule SET next_run_time = next_run_time -"
                                    " INTERVAL ",
                                    days, " DAY"));
    MustExecute(rows_, absl::StrCat("UPDATE due SET due_time = due_time - INTERVAL ", days,
                                    " DAY, claim_time = claim_time - INTERVAL ", days,
                                    " DAY WHERE kind = 'report_schedules.run'"));
  }
  bool Ran() {
    return Becomes([&] { return !schedules_.Get().last_report().empty(); });
  }
  int64_t Due() {
    return MustCount(rows_, "SELECT COUNT(*) FROM due WHERE kind = 'report_schedules.run'");
  }

  const sql::Target schema_;
  sql::Connection rows_;
  ReportCaller reports_;
  Scheduler schedules_;
};

TEST_F(ReportSchedules, AskForReportsInTheNameOfWhoAddedThem) {
  auto monthly = Monthly();
  monthly.mutable_embargo_offset()->set_seconds(3600);
  ASSERT_OK_AND_ASSIGN(const auto added, schedules_.Add("monthly", monthly));
  EXPECT_EQ(added.state(), v1::REPORT_SCHEDULE_STATE_ACTIVE);
  EXPECT_EQ(added.maker(), "agency/education");
  EXPECT_EQ(added.maker_actor(), "statistician-1");
  EXPECT_EQ(FromProto(added.next_run_time()), *NextRun(monthly, absl::Now()));
  EXPECT_THAT(reports_.List(), IsEmpty());
  Pass(31);
  ASSERT_TRUE(Ran());
  const auto ran = schedules_.Get();
  EXPECT_EQ(ran.failure(), "");
  EXPECT_EQ(FromProto(ran.next_run_time()), *NextRun(monthly, absl::Now()));
  ASSERT_OK_AND_ASSIGN(const v1::Report report, reports_.Get(ran.last_report()));
  EXPECT_EQ(report.maker(), "agency/education");
  EXPECT_EQ(report.maker_actor(), "statistician-1");
  EXPECT_EQ(report.report_schedule(), "reportSchedules/monthly");
  EXPECT_EQ(report.report_definition(), "reportDefinitions/posts");
  EXPECT_EQ(report.source(), "test");
  const absl::Time time = FromProto(report.embargo_time()) - absl::Hours(1);
  EXPECT_LE(time, absl::Now());
  EXPECT_EQ(report.name(), absl::StrCat("reports/monthly-", absl::FormatCivilTime(LegalDay(time))));
  EXPECT_EQ(report.extracts_size(), 1) << "it is being made";
  EXPECT_EQ(Due(), 1);
}

TEST_F(ReportSchedules, MakeUpForManyMissedTimesByOneReport) {
  Added();
  Pass(200);
  ASSERT_TRUE(Ran());
  EXPECT_TRUE(Becomes([&] { return FromProto(schedules_.Get().next_run_time()) > absl::Now(); }));
  ASSERT_EQ(reports_.List().size(), 1U);
  EXPECT_THAT(reports_.List(), ElementsAre(schedules_.Get().last_report()));
}

// Several processes, each of which looks for what is due.
TEST_F(ReportSchedules, RunOnceHoweverManyProcessesThereAre) {
  Scheduler second(Kind(), schema_), third(Kind(), schema_);
  Added();
  for (int run = 1; run <= 3; ++run) {
    Pass(31);
    EXPECT_TRUE(Becomes([&] {
      return MustCount(rows_, "SELECT COUNT(*) FROM report") == run &&
             FromProto(schedules_.Get().next_run_time()) > absl::Now();
    }));
    EXPECT_EQ(schedules_.Get().failure(), "");
    // The day's id is free again.
    MustExecute(rows_, absl::StrCat("UPDATE report SET id = CONCAT('run-", run,
                                    "-', id) WHERE id LIKE 'monthly-%'"));
  }
  EXPECT_EQ(MustCount(rows_, "SELECT COUNT(*) FROM report"), 3);
  EXPECT_EQ(Due(), 1);
}

TEST_F(ReportSchedules, EndAfterTheirLastDay) {
  auto monthly = Monthly();
  const absl::CivilDay last = LegalDay(*NextRun(monthly, absl::Now()));
  *monthly.mutable_last_date() = Day(static_cast<int>(last.year()), last.month(), last.day());
  ASSERT_OK(schedules_.Add("monthly", monthly));
  MustExecute(rows_, "UPDATE report_schedule SET last_date = last_date - INTERVAL 31 DAY");
  Pass(31);
  ASSERT_TRUE(Ran());
  const auto ended = schedules_.Get();
  EXPECT_EQ(ended.state(), v1::REPORT_SCHEDULE_STATE_ENDED);
  EXPECT_FALSE(ended.has_next_run_time());
  EXPECT_TRUE(Becomes([&] { return Due() == 0; }));
  EXPECT_THAT(schedules_.Do(&Stub::PauseReportSchedule), HasReason("REPORT_SCHEDULE_STATE_WRONG"));
  EXPECT_THAT(schedules_.Do(&Stub::ResumeReportSchedule), HasReason("REPORT_SCHEDULE_STATE_WRONG"));
}

TEST_F(ReportSchedules, ThatArePausedAskForNothing) {
  Added();
  EXPECT_THAT(schedules_.Do(&Stub::ResumeReportSchedule), HasReason("REPORT_SCHEDULE_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto paused, schedules_.Do(&Stub::PauseReportSchedule));
  EXPECT_EQ(paused.state(), v1::REPORT_SCHEDULE_STATE_PAUSED);
  EXPECT_FALSE(paused.has_next_run_time());
  EXPECT_EQ(Due(), 0);
  EXPECT_THAT(schedules_.Do(&Stub::PauseReportSchedule), HasReason("REPORT_SCHEDULE_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto resumed, schedules_.Do(&Stub::ResumeReportSchedule));
  EXPECT_GT(FromProto(resumed.next_run_time()), absl::Now());
  EXPECT_EQ(Due(), 1);
  EXPECT_THAT(reports_.List(), IsEmpty());
}

// As if the registry had lost the actor.
TEST_F(ReportSchedules, OfAnActorWhoMayNoLongerAskPauseAndSayWhy) {
  Added();
  MustExecute(rows_, "UPDATE report_schedule SET maker_actor = 'gone'");
  Pass(31);
  EXPECT_TRUE(
      Becomes([&] { return schedules_.Get().state() == v1::REPORT_SCHEDULE_STATE_PAUSED; }));
  const auto paused = schedules_.Get();
  EXPECT_EQ(paused.failure(), "ACTOR_UNKNOWN");
  EXPECT_THAT(paused.failure_es(), HasSubstr("gone"));
  EXPECT_NE(paused.failure_es(), paused.failure_en());
  EXPECT_FALSE(paused.has_next_run_time());
  EXPECT_THAT(reports_.List(), IsEmpty());
  EXPECT_THAT(schedules_.Do(&Stub::ResumeReportSchedule),
              HasReason("REPORT_SCHEDULE_MAKER_REFUSED"));
  MustExecute(rows_, "UPDATE report_schedule SET maker_actor = 'statistician-2'");
  ASSERT_OK_AND_ASSIGN(const auto resumed, schedules_.Do(&Stub::ResumeReportSchedule));
  EXPECT_EQ(resumed.failure(), "");
}

TEST_F(ReportSchedules, GoOnWhereAReportOfThatIdIsThere) {
  Added();
  Pass(31);
  ASSERT_TRUE(Ran());
  const std::string name = schedules_.Get().last_report();
  Pass(31);
  EXPECT_TRUE(Becomes([&] { return schedules_.Get().failure() == "REPORT_ALREADY_EXISTS"; }));
  const auto schedule = schedules_.Get();
  EXPECT_EQ(schedule.state(), v1::REPORT_SCHEDULE_STATE_ACTIVE);
  EXPECT_GT(FromProto(schedule.next_run_time()), absl::Now());
  EXPECT_THAT(schedule.failure_en(), HasSubstr(name));
}

TEST_F(ReportSchedules, ThatContradictThemselvesAreRefused) {
  auto late = Monthly();
  // Which field, and what it may be.
  const auto expect_wrong = [&](const std::string& field, const std::string& remedy) {
    const auto refused = schedules_.Add("x", late);
    EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
    const auto wrong = BadRequestOf(refused.status());
    ASSERT_EQ(wrong.field_violations_size(), 1) << wrong.ShortDebugString();
    EXPECT_EQ(wrong.field_violations(0).field(), "report_schedule." + field);
    EXPECT_THAT(wrong.field_violations(0).description(), HasSubstr(remedy));
  };
  *late.mutable_first_date() = Day(2020, 1, 1);
  expect_wrong("first_date", absl::FormatCivilTime(LegalDay(absl::Now())));
  late = Monthly();
  *late.mutable_last_date() = Day(2020, 1, 1);
  expect_wrong("last_date", "");
  late = Monthly();
  late.set_month(3);
  expect_wrong("month", "");
  late = Monthly();
  late.set_report_definition("reportDefinitions/none");
  EXPECT_THAT(schedules_.Add("x", late), HasReason("REPORT_DEFINITION_NOT_FOUND"));
  Scheduler registrar(Kind(), schema_, "agency/education", "registrar-1");
  EXPECT_THAT(registrar.Add("x", Monthly()), HasReason("ACTOR_REFUSED"));
  Scheduler council(Kind(), schema_, "council/cce", "");
  EXPECT_THAT(council.Add("x", Monthly()), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(council.Do(&Stub::GetReportSchedule), HasReason("CALLER_REFUSED"));
  EXPECT_EQ(Due(), 0);
}

}  // namespace
}  // namespace puente::gateway
