#include "gateway/report_schedules/service.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/due/task.h"
#include "common/resource/resource.h"
#include "common/resource/serve.h"
#include "common/status/macros.h"
#include "common/status/text.h"
#include "gateway/errors.h"
#include "gateway/report_schedules/resource.h"
#include "gateway/report_schedules/rules.h"
#include "gateway/reports/resource.h"
#include "puente/gateway/v1/report_schedule.grpc.pb.h"

namespace puente::gateway {
namespace {

using due::Next;
using v1::ReportSchedule;

// The kind of this work; its key is the id of the schedule.
constexpr char kRun[] = "report_schedules.run";
constexpr char kCreateReport[] = "/puente.gateway.v1.ReportService/CreateReport";

std::string IdOf(const ReportSchedule& schedule) {
  return std::string(absl::StripPrefix(schedule.name(), "reportSchedules/"));
}

// As if the schedule's maker called, who has no certificate here: whether he may ask for reports is
// to be checked.
Call CallOfMaker(const Call& call, const calls::Host& host, const ReportSchedule& schedule) {
  Call made = call;
  made.method = kCreateReport;
  made.caller.path = schedule.maker();
  made.standing = host.options().principals()->StandingOf(schedule.maker());
  made.actor = schedule.maker_actor();
  return made;
}

void SetFailure(const absl::Status& why, ReportSchedule& schedule) {
  schedule.set_failure(Reason(why));
  schedule.set_failure_es(Text(why, Locale::kSpanish));
  schedule.set_failure_en(Text(why, Locale::kEnglish));
}

void ClearFailure(ReportSchedule& schedule) {
  schedule.clear_failure();
  schedule.clear_failure_es();
  schedule.clear_failure_en();
}

// Has it wait for its next time; nothing if there is none.
void SetNext(absl::Time now, ReportSchedule& schedule) {
  if (const std::optional<absl::Time> next = NextRun(schedule, now)) {
    *schedule.mutable_next_run_time() = ToProto(*next);
  } else {
    schedule.clear_next_run_time();
  }
}

absl::Status Await(journal::Transaction& tx, const ReportSchedule& schedule) {
  return due::Schedule(tx, {kRun, IdOf(schedule), "", FromProto(schedule.next_run_time())});
}

absl::Status Begin(const Call& call, journal::Transaction& tx, const ReportSchedule*,
                   ReportSchedule& schedule) {
  RETURN_IF_ERROR(InvalidFields(CheckTimes(schedule, call.start, "report_schedule")));
  schedule.set_maker(call.caller.path);
  schedule.set_maker_actor(call.actor);
  SetNext(call.start, schedule);
  return Await(tx, schedule);
}

absl::Status Pause(const Call&, journal::Transaction& tx, const ReportSchedule& before,
                   ReportSchedule& after) {
  after.clear_next_run_time();
  ClearFailure(after);
  return due::Cancel(tx, kRun, IdOf(before));
}

// What there is to do at one of a schedule's times.
class Runner {
 public:
  Runner(const calls::Host& host, const resource::RecordWriter& reports)
      : host_(host), reports_(reports) {}

  // Whether the maker may still ask for reports.
  absl::Status CheckMaker(const Call& call, const ReportSchedule& schedule) const {
    return reports_.CheckMayWrite(CallOfMaker(call, host_, schedule), {});
  }

  absl::StatusOr<Next> Run(const due::Slice& slice) const {
    ASSIGN_OR_RETURN(const ReportSchedule schedule,
                     resource::Get(slice.session, ReportSchedules(),
                                   ReportSchedules().pattern().Format({slice.task.key})));
    if (schedule.state() != v1::REPORT_SCHEDULE_STATE_ACTIVE) return Next::Done();
    const absl::Time time = FromProto(schedule.next_run_time());
    // The database's clock, by which the work is due, may be ahead of this one.
    if (slice.call.start < time) return Next::At(time, "");
    ReportSchedule after = schedule;
    ClearFailure(after);
    const absl::Status refusal = CheckMaker(slice.call, schedule);
    if (!refusal.ok()) {
      after.set_state(v1::REPORT_SCHEDULE_STATE_PAUSED);
      after.clear_next_run_time();
      SetFailure(refusal, after);
      return Next::Done().Writing([&call = slice.call, schedule, after](journal::Transaction& tx) {
        return resource::Replace(call, tx, ReportSchedules(), schedule, after).status();
      });
    }
    SetNext(slice.call.start, after);
    Next next = Next::Done();
    if (after.has_next_run_time()) {
      next = Next::At(FromProto(after.next_run_time()), "");
    } else {
      after.set_state(v1::REPORT_SCHEDULE_STATE_ENDED);
    }
    return std::move(next).Writing(
        [this, &call = slice.call, schedule, after](journal::Transaction& tx) -> absl::Status {
          ReportSchedule ran = after;
          RETURN_IF_ERROR(Ask(call, tx, schedule, ran));
          return resource::Replace(call, tx, ReportSchedules(), schedule, ran).status();
        });
  }

 private:
  // Asks for the report of the last time that has come: of several that were missed, one is.
  absl::Status Ask(const Call& call, journal::Transaction& tx, const ReportSchedule& schedule,
                   ReportSchedule& ran) const {
    const absl::Time time = LastRun(schedule, FromProto(schedule.next_run_time()), call.start);
    const std::string id = absl::StrCat(IdOf(schedule), "-", absl::FormatCivilTime(LegalDay(time)));
    v1::Report report;
    report.set_name(Reports().pattern().Format({id}));
    ASSIGN_OR_RETURN(const std::vector<std::string> existing,
                     resource::Existing(tx, Reports(), {id}));
    if (!existing.empty()) {
      SetFailure(Reports().AlreadyExists(report.name()), ran);
      return absl::OkStatus();
    }
    report.set_report_definition(schedule.report_definition());
    report.set_report_schedule(schedule.name());
    if (schedule.has_embargo_offset()) {
      *report.mutable_embargo_time() =
          ToProto(time + absl::Seconds(schedule.embargo_offset().seconds()));
    }
    report.set_source(schedule.source());
    report.set_record_kind(schedule.record_kind());
    ran.set_last_report(report.name());
    return reports_.Create(CallOfMaker(call, host_, schedule), tx, {id}, report).status();
  }

  const calls::Host& host_;
  const resource::RecordWriter reports_;
};

}  // namespace

void ServeReportSchedules(calls::Host& host, due::Scheduler& due,
                          const resource::RecordWriter& reports) {
  const Runner runner(host, reports);
  const auto resume = [runner](const Call& call, journal::Transaction& tx,
                               const ReportSchedule& before,
                               ReportSchedule& after) -> absl::Status {
    if (const absl::Status refusal = runner.CheckMaker(call, before); !refusal.ok()) {
      return Error(error::kReportScheduleMakerRefused, "name"_is(before.name()),
                   "maker"_is(before.maker()), "actor"_is(before.maker_actor()));
    }
    SetNext(call.start, after);
    if (!after.has_next_run_time()) {
      return Error(error::kReportScheduleOver, "name"_is(before.name()));
    }
    after.clear_state_reason();
    ClearFailure(after);
    return Await(tx, after);
  };
  resource::Serve(host, ReportSchedules(),
                  {.check = &CheckReportSchedule,
                   .prepare = &Begin,
                   .verbs = {{.verb = "PauseReportSchedule", .prepare = &Pause},
                             {.verb = "ResumeReportSchedule", .prepare = resume}}});
  due.Handle(kRun, [runner](const due::Slice& slice) { return runner.Run(slice); });
}

}  // namespace puente::gateway
