#include "modules/education/hour_entries/rules.h"

#include "common/context/values.h"
#include "modules/education/dual_plans/rules.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"

namespace puente::education {
namespace {

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

std::vector<Violation> CheckDay(absl::CivilDay day, const v1::DualPlan& plan,
                                absl::CivilDay today) {
  const std::string at = "hour_entry.work_date";
  const absl::CivilDay first = ToCivilDay(plan.begin_date());
  const absl::CivilDay last = LastDayOf(plan).value_or(first - 1);
  if (today < day) return {Against(rule::kAfterToday, "today"_is(Text(today))).At(at)};
  if (day < first || last < day) {
    return {Against(rule::kOutsidePlan, "first"_is(Text(first)), "last"_is(Text(last))).At(at)};
  }
  const v1::DualPause* pause = PauseOn(plan, day);
  if (pause == nullptr) return {};
  return {Against(rule::kInPause, "first"_is(Text(ToCivilDay(pause->begin_date()))),
                  "last"_is(Text(ToCivilDay(pause->until_date()))))
              .At(at)};
}

}  // namespace

std::string PlanOfEntry(absl::string_view name) {
  return std::string(name.substr(0, name.find("/hourEntries/")));
}

std::vector<Violation> CheckClaim(const v1::HourEntry& entry, const v1::DualPlan& plan,
                                  absl::CivilDay today) {
  std::vector<Violation> violations = CheckIdOf(entry.name(), "hour_entry_id");
  if (entry.company() != plan.company()) {
    violations.push_back(Against(rule::kCompanyOfAnotherPlan, "company"_is(plan.company()))
                             .At("hour_entry.company"));
  }
  for (Violation& wrong : CheckDay(ToCivilDay(entry.work_date()), plan, today)) {
    violations.push_back(std::move(wrong));
  }
  if (OutcomeOf(plan, entry.outcome()) == nullptr) {
    violations.push_back(Against(rule::kNotInPlan).At("hour_entry.outcome"));
  }
  return violations;
}

absl::Status CheckOfOther(const v1::HourEntry& entry, v1::DualParty party) {
  if (entry.claimed_by() != party) return absl::OkStatus();
  return Error(error::kHourEntryOwn, "name"_is(entry.name()));
}

absl::Status CheckOwn(const v1::HourEntry& entry, v1::DualParty party) {
  if (entry.claimed_by() == party) return absl::OkStatus();
  return Error(error::kHourEntryNotOwn, "name"_is(entry.name()));
}

}  // namespace puente::education
