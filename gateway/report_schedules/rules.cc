#include "gateway/report_schedules/rules.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "gateway/errors.h"

namespace puente::gateway {
namespace {

// The last one where the month is shorter.
absl::CivilDay DayOf(absl::CivilMonth month, int day) {
  return std::min(absl::CivilDay(month) + (day - 1), absl::CivilDay(month + 1) - 1);
}

// Its day in the week, month, quarter or year that comes so many after that of `day`.
absl::CivilDay RunDay(const v1::ReportSchedule& schedule, absl::CivilDay day, int after) {
  switch (schedule.frequency()) {
    case v1::REPORT_FREQUENCY_WEEKLY: {
      const absl::CivilDay monday = absl::PrevWeekday(day + 1, absl::Weekday::monday);
      return monday + (7 * after + schedule.day() - 1);
    }
    case v1::REPORT_FREQUENCY_QUARTERLY: {
      const absl::CivilMonth quarter(day.year(), (day.month() - 1) / 3 * 3 + 1);
      return DayOf(quarter + (3 * after + schedule.month() - 1), schedule.day());
    }
    case v1::REPORT_FREQUENCY_YEARLY:
      return DayOf(absl::CivilMonth(day.year() + after, schedule.month()), schedule.day());
    default:
      return DayOf(absl::CivilMonth(day) + after, schedule.day());
  }
}

// Between two runs, in seconds: a quarter from January 31 to April 30.
int64_t ShortestPeriod(v1::ReportFrequency frequency) {
  constexpr int64_t kDay = 24 * 60 * 60;
  switch (frequency) {
    case v1::REPORT_FREQUENCY_WEEKLY:
      return 7 * kDay;
    case v1::REPORT_FREQUENCY_QUARTERLY:
      return 89 * kDay;
    case v1::REPORT_FREQUENCY_YEARLY:
      return 365 * kDay;
    default:
      return 28 * kDay;
  }
}

}  // namespace

std::vector<Violation> CheckReportSchedule(const v1::ReportSchedule& schedule,
                                           const std::string& under) {
  std::vector<Violation> violations;
  const auto add = [&](Violation violation, const char* field) {
    violations.push_back(std::move(violation)
                             .At(absl::StrCat(under, ".", field))
                             .Reading({absl::StrCat(under, ".frequency")}));
  };
  const int month = schedule.month();
  switch (schedule.frequency()) {
    case v1::REPORT_FREQUENCY_WEEKLY:
      if (schedule.day() > 7) add(Against(rule::kDayOfWeek), "day");
      if (month != 0) add(Against(rule::kNoMonth), "month");
      break;
    case v1::REPORT_FREQUENCY_MONTHLY:
      if (month != 0) add(Against(rule::kNoMonth), "month");
      break;
    case v1::REPORT_FREQUENCY_QUARTERLY:
      if (month < 1 || month > 3) add(Against(rule::kMonthOfQuarter), "month");
      break;
    case v1::REPORT_FREQUENCY_YEARLY:
      if (month < 1) add(Against(rule::kMonthOfYear), "month");
      break;
    default:
      break;
  }
  const google::protobuf::Duration& embargo = schedule.embargo_offset();
  // The report of the next period would be drafted before this one is published, and so on.
  if (embargo.seconds() < 0 || embargo.seconds() >= ShortestPeriod(schedule.frequency()) ||
      embargo.nanos() != 0) {
    add(Against(rule::kEmbargoOffset), "embargo_offset");
  }
  return violations;
}

std::optional<absl::Time> NextRun(const v1::ReportSchedule& schedule, absl::Time after) {
  absl::CivilDay from = LegalDay(after);
  if (schedule.has_first_date()) from = std::max(from, ToCivilDay(schedule.first_date()));
  for (int i = 0;; ++i) {
    const absl::CivilDay day = RunDay(schedule, from, i);
    if (schedule.has_last_date() && day > ToCivilDay(schedule.last_date())) return std::nullopt;
    const absl::Time time = absl::FromCivil(absl::CivilHour(day) + schedule.hour(), MexicoCity());
    if (day >= from && time > after) return time;
  }
}

absl::Time LastRun(const v1::ReportSchedule& schedule, absl::Time first, absl::Time now) {
  absl::Time last = first;
  for (std::optional<absl::Time> next = first; next && *next <= now;
       next = NextRun(schedule, last)) {
    last = *next;
  }
  return last;
}

std::vector<Violation> CheckTimes(const v1::ReportSchedule& schedule, absl::Time now,
                                  const std::string& under) {
  if (schedule.has_first_date() && ToCivilDay(schedule.first_date()) < LegalDay(now)) {
    return {Against(rule::kTooEarly, "day"_is(absl::FormatCivilTime(LegalDay(now))))
                .At(absl::StrCat(under, ".first_date"))};
  }
  if (!NextRun(schedule, now)) {
    return {Against(rule::kNoRunLeft).At(absl::StrCat(under, ".last_date"))};
  }
  return {};
}

}  // namespace puente::gateway
