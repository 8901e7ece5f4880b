#include "modules/education/certifications/rules.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// On which it holds; before its first where there is none.
absl::CivilDay LastDay(const v1::Certification& certification) {
  return certification.periods().empty() ? ToCivilDay(certification.start_date()) - 1
                                         : DaysOf(*certification.periods().rbegin()).last;
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

v1::CertificationState StateUpToTheEnd(const v1::Certification& certification) {
  if (certification.state() != v1::CERTIFICATION_STATE_EXPIRED) return certification.state();
  return HoldsOn(certification, ToCivilDay(certification.end_date()))
             ? v1::CERTIFICATION_STATE_ACTIVE
             : v1::CERTIFICATION_STATE_SUSPENDED;
}

bool HoldsOn(const v1::Certification& certification, absl::CivilDay day) {
  return absl::c_any_of(certification.periods(), [day](const v1::CertifiedPeriod& period) {
    const Days days = DaysOf(period);
    return days.first <= day && day <= days.last;
  });
}

bool HoldsFor(const v1::Certification& certification, absl::CivilDay began, absl::CivilDay day) {
  if (HoldsOn(certification, day)) return true;
  // What was not certified before the body left, on days of a suspension, is not afterwards.
  return certification.has_teach_out_date() && HoldsOn(certification, began) &&
         LastDay(certification) < day && day <= ToCivilDay(certification.teach_out_date());
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
  if (!periods.empty() && DaysOf(*periods.rbegin()).last >= from) {
    *periods.rbegin()->mutable_end_date() = ToProto(from - 1);
  }
  // Who began before a body left may finish up to the day before that.
  if (certification.has_teach_out_date() && ToCivilDay(certification.teach_out_date()) >= from) {
    *certification.mutable_teach_out_date() = ToProto(from - 1);
  }
}

void GoOn(v1::Certification& certification) {
  AddPeriod(certification, certification.state_date());
}

void TeachOut(v1::Certification& certification, absl::CivilDay from, absl::CivilDay last) {
  const absl::CivilDay end = ToCivilDay(certification.end_date());
  if (end < from) return Expire(certification);
  const absl::CivilDay held = LastDay(certification);
  const bool holds = HoldsOn(certification, from - 1) && held >= from;
  certification.set_state(holds ? v1::CERTIFICATION_STATE_TEACH_OUT
                                : v1::CERTIFICATION_STATE_WITHDRAWN);
  *certification.mutable_state_date() = ToProto(from);
  Stop(certification);
  if (holds) *certification.mutable_teach_out_date() = ToProto(std::min(last, held));
}

absl::Time OverFrom(const v1::Certification& certification) {
  return IsOpen(certification) ? StartOf(ToCivilDay(certification.end_date()) + 1)
                               : absl::InfiniteFuture();
}

void Expire(v1::Certification& certification) {
  certification.set_state(v1::CERTIFICATION_STATE_EXPIRED);
  *certification.mutable_state_date() = ToProto(ToCivilDay(certification.end_date()) + 1);
}

void Extend(v1::Certification& certification, v1::CertificationState state) {
  certification.set_state(state);
  if (state != v1::CERTIFICATION_STATE_ACTIVE) return;
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
                       end = ToCivilDay(before.end_date());
  std::vector<Violation> violations;
  if (from < decided) {
    violations.push_back(Against(rule::kBeforeDecision, "day"_is(Text(decided))).At("state_date"));
  }
  if (from > end) {
    violations.push_back(Against(rule::kAfterLastDay, "end"_is(Text(end))).At("state_date"));
  }
  return violations;
}

std::vector<Violation> CheckResumption(const v1::Certification& before,
                                       const v1::Certification& after) {
  const absl::CivilDay since = LastDay(before) + 1;
  if (ToCivilDay(after.state_date()) >= since) return {};
  return {Against(rule::kBeforeState, "day"_is(Text(since))).At("state_date")};
}

std::vector<Violation> CheckFirstDay(const v1::Certification& certification) {
  const absl::CivilDay decided = DecisionDay(certification);
  if (ToCivilDay(certification.start_date()) >= decided) return {};
  return {Against(rule::kBeforeDecision, "day"_is(Text(decided))).At("start_date")};
}

std::vector<Violation> CheckRenewal(const v1::Certification& before,
                                    const v1::Certification& after) {
  std::vector<Violation> violations;
  const absl::CivilDay end = ToCivilDay(before.end_date());
  if (ToCivilDay(after.end_date()) <= end) {
    violations.push_back(Against(rule::kNotLater, "end"_is(Text(end))).At("end_date"));
  }
  const bool everywhere = before.state_codes().empty();
  const bool covered =
      after.state_codes().empty() ||
      (!everywhere && absl::c_all_of(before.state_codes(), [&](const std::string& state) {
        return HoldsIn(after, state);
      }));
  if (!covered) {
    const std::string states = everywhere ? "01-32" : absl::StrJoin(before.state_codes(), ", ");
    violations.push_back(Against(rule::kStatesMissing, "states"_is(states)).At("state_codes"));
  }
  return violations;
}

bool EndedBefore(const v1::Certification& before, const v1::Certification& after) {
  return ToCivilDay(before.end_date()) < DecisionDay(after);
}

}  // namespace puente::education
