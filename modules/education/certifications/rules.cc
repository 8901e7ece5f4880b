#include "modules/education/certifications/rules.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

constexpr absl::Duration kClocksDiffer = absl::Minutes(5);

struct Days {
  absl::CivilDay first, last;
};

Days DaysOf(const v1::CertifiedPeriod& period) {
  return {ToCivilDay(period.start_date()), ToCivilDay(period.end_date())};
}

// On which it holds, or may come to hold.
std::vector<Days> Reserved(const v1::Certification& certification) {
  if (IsOpen(certification)) {
    return {{ToCivilDay(certification.start_date()), ToCivilDay(certification.end_date())}};
  }
  std::vector<Days> days;
  for (const v1::CertifiedPeriod& period : certification.periods()) days.push_back(DaysOf(period));
  return days;
}

void AddPeriod(v1::Certification& certification, const google::type::Date& first) {
  v1::CertifiedPeriod& period = *certification.add_periods();
  *period.mutable_start_date() = first;
  *period.mutable_end_date() = certification.end_date();
}

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

absl::CivilDay DecisionDay(const v1::Certification& certification) {
  return LegalDay(FromProto(certification.decision_time()));
}

}  // namespace

bool IsOpen(const v1::Certification& certification) {
  return certification.state() == v1::CERTIFICATION_STATE_ACTIVE ||
         certification.state() == v1::CERTIFICATION_STATE_SUSPENDED;
}

bool HoldsOn(const v1::Certification& certification, absl::CivilDay day) {
  return absl::c_any_of(certification.periods(), [day](const v1::CertifiedPeriod& period) {
    const Days days = DaysOf(period);
    return days.first <= day && day <= days.last;
  });
}

bool HoldsFor(const v1::Certification& certification, absl::CivilDay began, absl::CivilDay day) {
  if (day < began) return false;
  if (HoldsOn(certification, day)) return true;
  return certification.state() == v1::CERTIFICATION_STATE_TEACH_OUT &&
         HoldsOn(certification, began) && day <= ToCivilDay(certification.teach_out_date());
}

bool HoldsIn(const v1::Certification& certification, absl::string_view state) {
  return certification.state_codes().empty() ||
         absl::c_linear_search(certification.state_codes(), state);
}

bool Overlap(const v1::Certification& one, const v1::Certification& other) {
  const std::vector<Days> others = Reserved(other);
  return absl::c_any_of(Reserved(one), [&](const Days& a) {
    return absl::c_any_of(others,
                          [&](const Days& b) { return a.first <= b.last && b.first <= a.last; });
  });
}

void Begin(v1::Certification& certification) {
  certification.set_state(v1::CERTIFICATION_STATE_ACTIVE);
  *certification.mutable_state_date() = certification.start_date();
  AddPeriod(certification, certification.start_date());
}

void Stop(v1::Certification& certification) {
  const absl::CivilDay from = ToCivilDay(certification.state_date());
  auto& periods = *certification.mutable_periods();
  while (!periods.empty() && DaysOf(*periods.rbegin()).first >= from) periods.RemoveLast();
  if (periods.empty() || DaysOf(*periods.rbegin()).last < from) return;
  *periods.rbegin()->mutable_end_date() = ToProto(from - 1);
}

void GoOn(v1::Certification& certification) {
  AddPeriod(certification, certification.state_date());
}

void TeachOut(v1::Certification& certification, absl::CivilDay from, absl::CivilDay last) {
  const absl::CivilDay end = ToCivilDay(certification.end_date());
  if (end < from) return Expire(certification);
  const bool holds = certification.state() == v1::CERTIFICATION_STATE_ACTIVE;
  certification.set_state(holds ? v1::CERTIFICATION_STATE_TEACH_OUT
                                : v1::CERTIFICATION_STATE_WITHDRAWN);
  *certification.mutable_state_date() = ToProto(from);
  Stop(certification);
  if (!holds) return;
  *certification.mutable_teach_out_date() = ToProto(std::min(last, end));
}

void Expire(v1::Certification& certification) {
  certification.set_state(v1::CERTIFICATION_STATE_EXPIRED);
  *certification.mutable_state_date() = ToProto(ToCivilDay(certification.end_date()) + 1);
}

void Extend(v1::Certification& certification) {
  if (certification.state() != v1::CERTIFICATION_STATE_ACTIVE) return;
  *certification.mutable_periods()->rbegin()->mutable_end_date() = certification.end_date();
}

std::vector<Violation> CheckDecisionTime(const v1::Certification& certification, absl::Time now) {
  const absl::Time decided = FromProto(certification.decision_time());
  static const absl::Time century = absl::FromCivil(absl::CivilYear(2000), absl::UTCTimeZone());
  if (century <= decided && decided <= now + kClocksDiffer) return {};
  return {Against(rule::kDecisionTime).At("decision_time")};
}

std::vector<Violation> CheckStateDate(const v1::Certification& before,
                                      const v1::Certification& after) {
  const absl::CivilDay from = ToCivilDay(after.state_date()), decided = DecisionDay(after),
                       since = ToCivilDay(before.state_date()), end = ToCivilDay(before.end_date());
  std::vector<Violation> violations;
  if (from < decided) {
    violations.push_back(Against(rule::kBeforeDecision, "day"_is(Text(decided))).At("state_date"));
  }
  if (from < since) {
    violations.push_back(Against(rule::kBeforeState, "day"_is(Text(since))).At("state_date"));
  }
  if (from > end) {
    violations.push_back(Against(rule::kAfterLastDay, "end"_is(Text(end))).At("state_date"));
  }
  return violations;
}

std::vector<Violation> CheckFirstDay(const v1::Certification& certification) {
  const absl::CivilDay decided = DecisionDay(certification);
  if (ToCivilDay(certification.start_date()) >= decided) return {};
  return {Against(rule::kBeforeDecision, "day"_is(Text(decided))).At("start_date")};
}

std::vector<Violation> CheckRenewal(const v1::Certification& before,
                                    const v1::Certification& after) {
  const absl::CivilDay end = ToCivilDay(before.end_date());
  if (ToCivilDay(after.end_date()) > end) return {};
  return {Against(rule::kNotLater, "end"_is(Text(end))).At("end_date")};
}

bool EndedBefore(const v1::Certification& before, const v1::Certification& after) {
  return ToCivilDay(before.end_date()) < DecisionDay(after);
}

}  // namespace puente::education
