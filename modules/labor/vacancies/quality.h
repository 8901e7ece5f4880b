// Rule set "quality-job/1": the offer quality of a vacancy. Puente's own, no official statistic.
#pragma once

#include "common/status/error.h"
#include "modules/labor/standards/standards.h"
#include "puente/labor/v1/quality.pb.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor::rules {

inline constexpr char kQualityRuleSet[] = "quality-job/1";
inline constexpr int kMostDaysAWeek = 6;

// Two minimum wages: monthly × 12 ≥ 2 × daily minimum × 365, compared without dividing so that
// the bound is exact.
v1::Outcome JudgeWage(Centavos monthly, Centavos daily_minimum);
// The smallest monthly wage in whole centavos that JudgeWage() passes.
Centavos WageBound(Centavos daily_minimum);
v1::Outcome JudgeContract(v1::ContractKind kind);
// 0 minutes or days: not stated, UNKNOWN.
v1::Outcome JudgeHours(int minutes_a_day, int days_a_week, int weekly_limit_minutes);
v1::Outcome JudgeRest(int days_a_week);

// Judges by the standards of the offer's day. What the vacancy or the standards don't say makes a
// component UNKNOWN, never an error.
v1::Quality Judge(const v1::Vacancy& vacancy, const Standards& standards);

// The same with value, bound and source of each component, in the caller's language.
v1::QualityVerdict Explain(const v1::Vacancy& vacancy, const Standards& standards, Locale locale);

}  // namespace puente::labor::rules
