#include "modules/education/dual_plans/minutes.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/education/dual_plans/rules.h"
#include "modules/education/errors.h"
#include "modules/education/hour_entries/rules.h"

namespace puente::education {
namespace {

constexpr int kMinutesOfDay = 24 * 60;
constexpr int kMinutesOfWeek = 7 * kMinutesOfDay;

constexpr sql::Query kRead{"education.dual_minutes.read",
                           "SELECT outcome, planned, carried, claimed, confirmed"
                           " FROM dual_plan_minutes WHERE dual_plan = ? ORDER BY outcome"};
constexpr sql::Query kForgetOne{"education.dual_minutes.forget_one",
                                "DELETE FROM dual_plan_minutes WHERE dual_plan = ? AND outcome = ?"
                                " AND claimed = 0 AND confirmed = 0"};
constexpr sql::BulkInsert kPlan{
    "education.dual_minutes.plan",
    "INSERT INTO dual_plan_minutes (dual_plan, outcome, planned, carried, claimed, confirmed)"
    " VALUES",
    6,
    // Of an id that is taken: whoever drafts such a plan is told so a moment later.
    " ON DUPLICATE KEY UPDATE planned = planned"};
constexpr sql::Query kReplan{"education.dual_minutes.replan",
                             "UPDATE dual_plan_minutes SET planned = ?, carried = ?"
                             " WHERE dual_plan = ? AND outcome = ? AND ? + confirmed <= ?"};
constexpr sql::Query kClaim{"education.dual_minutes.claim",
                            "UPDATE dual_plan_minutes SET claimed = claimed + ?"
                            " WHERE dual_plan = ? AND outcome = ?"};
constexpr sql::Query kConfirm{
    "education.dual_minutes.confirm",
    "UPDATE dual_plan_minutes SET claimed = claimed - ?, confirmed = confirmed + ?"
    " WHERE dual_plan = ? AND outcome = ? AND carried + confirmed + ? <= planned"};

// A table of minutes by day, and what it says.
struct Span {
  sql::BulkInsert begin;
  sql::Query take;
  sql::Query give;
};
constexpr Span kDays{
    {"education.dual_day.begin", "INSERT INTO dual_plan_day (dual_plan, day, minutes) VALUES", 3,
     " ON DUPLICATE KEY UPDATE minutes = minutes"},
    {"education.dual_day.take",
     "UPDATE dual_plan_day SET minutes = minutes + ?"
     " WHERE dual_plan = ? AND day = ? AND minutes + ? <= ?"},
    {"education.dual_day.give",
     "UPDATE dual_plan_day SET minutes = minutes - ?"
     " WHERE dual_plan = ? AND day = ?"}};
constexpr Span kWeeks{
    {"education.dual_week.begin", "INSERT INTO dual_plan_week (dual_plan, day, minutes) VALUES", 3,
     " ON DUPLICATE KEY UPDATE minutes = minutes"},
    {"education.dual_week.take",
     "UPDATE dual_plan_week SET minutes = minutes + ?"
     " WHERE dual_plan = ? AND day = ? AND minutes + ? <= ?"},
    {"education.dual_week.give",
     "UPDATE dual_plan_week SET minutes = minutes - ?"
     " WHERE dual_plan = ? AND day = ?"}};

absl::Status Missing() { return Error(sql::error::kRowCorrupt, "column"_is("dual_plan")); }

absl::Status One(absl::StatusOr<int64_t> changed) {
  RETURN_IF_ERROR(changed.status());
  return *changed == 1 ? absl::OkStatus() : Missing();
}

std::string DayOf(const v1::HourEntry& entry) {
  return absl::FormatCivilTime(ToCivilDay(entry.work_date()));
}
std::string MondayOf(const v1::HourEntry& entry) {
  const absl::CivilDay after = ToCivilDay(entry.work_date()) + 1;
  return absl::FormatCivilTime(absl::PrevWeekday(after, absl::Weekday::monday));
}

// By plan and day, each once and in order, as all who write many.
absl::Status Begin(journal::Transaction& tx, const Span& span,
                   const std::set<std::pair<std::string, std::string>>& days) {
  if (days.empty()) return absl::OkStatus();
  std::vector<sql::Value> values;
  for (const auto& [plan, day] : days) values.insert(values.end(), {plan, day, 0});
  return tx.InsertRows(span.begin, values);
}

// Whether there was room.
absl::StatusOr<bool> Take(journal::Transaction& tx, const Span& span, const std::string& plan,
                          const std::string& day, int minutes, int most) {
  ASSIGN_OR_RETURN(const int64_t taken, tx.Execute(span.take, {minutes, plan, day, minutes, most}));
  return taken == 1;
}

absl::Status Insert(journal::Transaction& tx, const std::string& plan,
                    absl::Span<const v1::DualOutcome* const> outcomes) {
  if (outcomes.empty()) return absl::OkStatus();
  std::vector<sql::Value> values;
  for (const v1::DualOutcome* one : outcomes) {
    values.insert(values.end(),
                  {plan, one->outcome(), one->planned_minutes(), one->carried_minutes(), 0, 0});
  }
  return tx.InsertRows(kPlan, values);
}

absl::Status Recorded(const std::string& plan, int outcome, int64_t minutes) {
  return Error(error::kDualMinutesConfirmed, "name"_is(plan), "outcome"_is(outcome),
               "minutes"_is(minutes));
}

}  // namespace

absl::StatusOr<Minutes> ReadMinutes(sql::Session& session, const std::string& plan) {
  Minutes minutes;
  RETURN_IF_ERROR(session.Each(kRead, {plan}, [&](const sql::Row& row) {
    v1::DualMinutes& one = minutes[static_cast<int>(row.Int64(0))];
    one.set_outcome(static_cast<int>(row.Int64(0)));
    one.set_planned_minutes(row.Int64(1));
    one.set_carried_minutes(row.Int64(2));
    one.set_claimed_minutes(row.Int64(3));
    one.set_confirmed_minutes(row.Int64(4));
    return absl::OkStatus();
  }));
  return minutes;
}

absl::Status PlanMinutes(journal::Transaction& tx, const v1::DualPlan& plan) {
  std::vector<const v1::DualOutcome*> outcomes;
  for (const v1::DualOutcome& one : plan.outcomes()) outcomes.push_back(&one);
  return Insert(tx, plan.name(), outcomes);
}

absl::Status ReplanMinutes(journal::Transaction& tx, const v1::DualPlan& plan) {
  ASSIGN_OR_RETURN(const Minutes recorded, ReadMinutes(tx, plan.name()));
  std::vector<const v1::DualOutcome*> added;
  for (const v1::DualOutcome& one : plan.outcomes()) {
    const auto found = recorded.find(one.outcome());
    if (found == recorded.end()) {
      added.push_back(&one);
      continue;
    }
    if (found->second.planned_minutes() == one.planned_minutes() &&
        found->second.carried_minutes() == one.carried_minutes()) {
      continue;
    }
    ASSIGN_OR_RETURN(
        const int64_t changed,
        tx.Execute(kReplan, {one.planned_minutes(), one.carried_minutes(), plan.name(),
                             one.outcome(), one.carried_minutes(), one.planned_minutes()}));
    if (changed != 1) {  // what is claimed alone binds nobody
      return Recorded(plan.name(), one.outcome(),
                      one.carried_minutes() + found->second.confirmed_minutes());
    }
  }
  for (const auto& [outcome, minutes] : recorded) {
    if (OutcomeOf(plan, outcome) != nullptr) continue;
    ASSIGN_OR_RETURN(const int64_t gone, tx.Execute(kForgetOne, {plan.name(), outcome}));
    if (gone != 1) {
      return Recorded(
          plan.name(), outcome,
          minutes.carried_minutes() + minutes.claimed_minutes() + minutes.confirmed_minutes());
    }
  }
  return Insert(tx, plan.name(), added);
}

absl::Status BeginDays(journal::Transaction& tx, absl::Span<const v1::HourEntry* const> entries) {
  std::set<std::pair<std::string, std::string>> days, weeks;
  for (const v1::HourEntry* entry : entries) {
    const std::string plan = PlanOfEntry(entry->name());
    days.emplace(plan, DayOf(*entry));
    weeks.emplace(plan, MondayOf(*entry));
  }
  RETURN_IF_ERROR(Begin(tx, kDays, days));
  return Begin(tx, kWeeks, weeks);
}

absl::Status ClaimMinutes(journal::Transaction& tx, const v1::DualPlan& plan,
                          const v1::HourEntry& entry) {
  const std::string day = DayOf(entry), monday = MondayOf(entry);
  const int daily = plan.daily_minutes_most() == 0 ? kMinutesOfDay : plan.daily_minutes_most();
  const int weekly = plan.weekly_minutes_most() == 0 ? kMinutesOfWeek : plan.weekly_minutes_most();
  ASSIGN_OR_RETURN(const bool of_day, Take(tx, kDays, plan.name(), day, entry.minutes(), daily));
  if (!of_day) {
    return Error(error::kDualDayFull, "name"_is(plan.name()), "day"_is(day),
                 "minutes"_is(entry.minutes()), "most"_is(daily), "field"_is("hour_entry.minutes"));
  }
  ASSIGN_OR_RETURN(const bool of_week,
                   Take(tx, kWeeks, plan.name(), monday, entry.minutes(), weekly));
  if (!of_week) {
    return Error(error::kDualWeekFull, "name"_is(plan.name()), "day"_is(monday),
                 "minutes"_is(entry.minutes()), "most"_is(weekly),
                 "field"_is("hour_entry.minutes"));
  }
  return One(tx.Execute(kClaim, {entry.minutes(), plan.name(), entry.outcome()}));
}

absl::Status ConfirmMinutes(journal::Transaction& tx, const std::string& plan,
                            const v1::HourEntry& entry) {
  const int minutes = entry.minutes();
  ASSIGN_OR_RETURN(const int64_t confirmed,
                   tx.Execute(kConfirm, {minutes, minutes, plan, entry.outcome(), minutes}));
  if (confirmed == 1) return absl::OkStatus();
  return Error(error::kDualMinutesOverPlan, "name"_is(plan), "outcome"_is(entry.outcome()),
               "minutes"_is(minutes));
}

absl::Status VoidMinutes(journal::Transaction& tx, const std::string& plan,
                         const v1::HourEntry& entry) {
  const std::string day = DayOf(entry), monday = MondayOf(entry);
  RETURN_IF_ERROR(One(tx.Execute(kDays.give, {entry.minutes(), plan, day})));
  RETURN_IF_ERROR(One(tx.Execute(kWeeks.give, {entry.minutes(), plan, monday})));
  return One(tx.Execute(kClaim, {-entry.minutes(), plan, entry.outcome()}));
}

}  // namespace puente::education
