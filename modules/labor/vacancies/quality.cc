#include "modules/labor/vacancies/quality.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace puente::labor::rules {
namespace {

// What the wage and hours of one vacancy are held against.
struct Bounds {
  std::vector<const DatedWage*> wages;  // one a zone it may lie in; none if not at hand
  Zones zones;
  const DatedLimit* limit = nullptr;
};

Bounds BoundsOf(const v1::Vacancy& vacancy, const Standards& standards) {
  Bounds bounds;
  const std::optional<absl::CivilDay> day = ToDay(vacancy.offer_date());
  if (!day) return bounds;
  bounds.limit = standards.WeeklyLimitOn(*day);
  const Zones zones = standards.ZonesOf(vacancy.state_code(), vacancy.municipality(), *day);
  bounds.zones = zones;
  const DatedWage* general = standards.WageOn(v1::WAGE_ZONE_GENERAL, *day);
  const DatedWage* border = standards.WageOn(v1::WAGE_ZONE_BORDER, *day);
  // A zone without a wage leaves the other alone no ground to judge by.
  if ((zones.general && general == nullptr) || (zones.border && border == nullptr)) return bounds;
  if (zones.general) bounds.wages.push_back(general);
  if (zones.border) bounds.wages.push_back(border);
  return bounds;
}

std::optional<Centavos> StatedWage(const v1::Vacancy& vacancy) {
  if (!vacancy.has_monthly_wage()) return std::nullopt;
  return ToCentavos(vacancy.monthly_wage());
}

v1::Outcome WageOutcome(std::optional<Centavos> monthly, const Bounds& bounds) {
  if (!monthly || bounds.wages.empty()) return v1::OUTCOME_UNKNOWN;
  const v1::Outcome outcome = JudgeWage(*monthly, bounds.wages.front()->daily);
  return JudgeWage(*monthly, bounds.wages.back()->daily) == outcome ? outcome : v1::OUTCOME_UNKNOWN;
}

v1::Outcome HoursOutcome(const v1::Vacancy& vacancy, const Bounds& bounds) {
  if (bounds.limit == nullptr) return v1::OUTCOME_UNKNOWN;
  return JudgeHours(vacancy.minutes_a_day(), vacancy.days_a_week(), bounds.limit->weekly_minutes);
}

v1::Quality Judge(const v1::Vacancy& vacancy, const Bounds& bounds) {
  v1::Quality quality;
  quality.set_rule_set(kQualityRuleSet);
  quality.set_wage(WageOutcome(StatedWage(vacancy), bounds));
  quality.set_contract(JudgeContract(vacancy.contract_kind()));
  quality.set_hours(HoursOutcome(vacancy, bounds));
  quality.set_rest(JudgeRest(vacancy.days_a_week()));
  if (bounds.zones.general) quality.add_wage_zones(v1::WAGE_ZONE_GENERAL);
  if (bounds.zones.border) quality.add_wage_zones(v1::WAGE_ZONE_BORDER);
  v1::Outcome verdict = v1::OUTCOME_PASSED;
  for (const v1::Outcome outcome :
       {quality.wage(), quality.contract(), quality.hours(), quality.rest()}) {
    if (outcome == v1::OUTCOME_FAILED) verdict = v1::OUTCOME_FAILED;
    if (outcome == v1::OUTCOME_UNKNOWN && verdict == v1::OUTCOME_PASSED) {
      verdict = v1::OUTCOME_UNKNOWN;
    }
  }
  quality.set_verdict(verdict);
  return quality;
}

// One of two texts.
struct Words {
  Locale locale;
  std::string operator()(absl::string_view es, absl::string_view en) const {
    return std::string(locale == Locale::kSpanish ? es : en);
  }
};

std::string Amount(Centavos centavos) {
  return absl::StrFormat("%d.%02d", centavos / 100, centavos % 100);
}

std::string Hours(int64_t minutes) {
  return minutes % 60 == 0 ? absl::StrCat(minutes / 60)
                           : absl::StrFormat("%d:%02d", minutes / 60, minutes % 60);
}

// The kind as the labour law calls it, in both languages.
std::string ContractText(v1::ContractKind kind, const Words& words) {
  switch (kind) {
    case v1::CONTRACT_KIND_INDEFINITE:
      return words("tiempo indeterminado", "of indefinite duration (tiempo indeterminado)");
    case v1::CONTRACT_KIND_FIXED_TERM:
      return words("tiempo determinado", "for a fixed term (tiempo determinado)");
    case v1::CONTRACT_KIND_FIXED_WORK:
      return words("obra determinada", "for a specific piece of work (obra determinada)");
    case v1::CONTRACT_KIND_SEASONAL:
      return words("temporada", "seasonal (temporada)");
    case v1::CONTRACT_KIND_TRIAL:
      return words("periodo de prueba", "trial period (periodo de prueba)");
    case v1::CONTRACT_KIND_INITIAL_TRAINING:
      return words("capacitación inicial", "initial training (capacitación inicial)");
    case v1::CONTRACT_KIND_TIME_WAGE:
      return words(
          "salario por unidad de tiempo (dice cómo se paga, no cuánto dura el contrato)",
          "wage by unit of time (says how pay is calculated, not how long the contract lasts)");
    default:
      return words("no especificado", "not stated");
  }
}

void ExplainWage(const v1::Vacancy& vacancy, const Bounds& bounds, const Words& words,
                 v1::QualityComponent& out) {
  const std::optional<Centavos> monthly = StatedWage(vacancy);
  const std::string unit = words(" MXN al mes", " MXN a month");
  out.set_value(monthly ? absl::StrCat(Amount(*monthly), unit)
                        : words("no especificado", "not stated"));
  if (bounds.wages.empty()) {
    out.set_bound(words("no se dispone del salario mínimo de esa fecha",
                        "the minimum wage for that date is not available"));
    return;
  }
  std::vector<std::string> parts;
  std::vector<std::string> sources;
  for (const DatedWage* wage : bounds.wages) {
    const bool border = bounds.zones.border && wage == bounds.wages.back();
    parts.push_back(absl::StrCat(
        Amount(WageBound(wage->daily)), unit,
        border ? words(" (zona libre de la frontera norte)", " (northern border free zone)")
               : words(" (zona general)", " (general zone)")));
    if (sources.empty() || sources.back() != wage->source) sources.push_back(wage->source);
  }
  out.set_bound(
      absl::StrCat(words("al menos ", "at least "), absl::StrJoin(parts, words(" o ", " or "))));
  out.set_source(absl::StrJoin(sources, "; "));
}

void ExplainContract(const v1::Vacancy& vacancy, const Words& words, v1::QualityComponent& out) {
  out.set_value(ContractText(vacancy.contract_kind(), words));
  out.set_bound(ContractText(v1::CONTRACT_KIND_INDEFINITE, words));
  out.set_source(words("quality-job/1; tipos de la Ley Federal del Trabajo, artículo 35",
                       "quality-job/1; contract types of the Federal Labour Law, article 35"));
}

void ExplainHours(const v1::Vacancy& vacancy, const Bounds& bounds, const Words& words,
                  v1::QualityComponent& out) {
  const std::string unit = words(" horas a la semana", " hours a week");
  const int minutes = vacancy.minutes_a_day();
  const int days = vacancy.days_a_week();
  if (minutes > 0 && days > 0) {
    out.set_value(
        absl::StrCat(Hours(int64_t{minutes} * days), unit, " (", Hours(minutes), " × ", days, ")"));
  } else {
    out.set_value(words("no especificado", "not stated"));
  }
  if (bounds.limit == nullptr) {
    out.set_bound(
        words("no se dispone del límite de esa fecha", "the limit for that date is not available"));
    return;
  }
  out.set_bound(
      absl::StrCat(words("como máximo ", "at most "), Hours(bounds.limit->weekly_minutes), unit));
  out.set_source(bounds.limit->source);
}

void ExplainRest(const v1::Vacancy& vacancy, const Words& words, v1::QualityComponent& out) {
  const std::string unit = words(" días a la semana", " days a week");
  out.set_value(vacancy.days_a_week() > 0 ? absl::StrCat(vacancy.days_a_week(), unit)
                                          : words("no especificado", "not stated"));
  out.set_bound(absl::StrCat(words("como máximo ", "at most "), kMostDaysAWeek, unit));
  out.set_source(words("Ley Federal del Trabajo, artículo 69", "Federal Labour Law, article 69"));
}

}  // namespace

v1::Outcome JudgeWage(Centavos monthly, Centavos daily_minimum) {
  return monthly * 12 >= 2 * daily_minimum * 365 ? v1::OUTCOME_PASSED : v1::OUTCOME_FAILED;
}

Centavos WageBound(Centavos daily_minimum) { return (2 * daily_minimum * 365 + 11) / 12; }

v1::Outcome JudgeContract(v1::ContractKind kind) {
  switch (kind) {
    case v1::CONTRACT_KIND_INDEFINITE:
      return v1::OUTCOME_PASSED;
    case v1::CONTRACT_KIND_FIXED_TERM:
    case v1::CONTRACT_KIND_FIXED_WORK:
    case v1::CONTRACT_KIND_SEASONAL:
    case v1::CONTRACT_KIND_TRIAL:
    case v1::CONTRACT_KIND_INITIAL_TRAINING:
      return v1::OUTCOME_FAILED;
    default:
      return v1::OUTCOME_UNKNOWN;
  }
}

v1::Outcome JudgeHours(int minutes_a_day, int days_a_week, int weekly_limit_minutes) {
  if (minutes_a_day <= 0 || days_a_week <= 0) return v1::OUTCOME_UNKNOWN;
  return int64_t{minutes_a_day} * days_a_week <= weekly_limit_minutes ? v1::OUTCOME_PASSED
                                                                      : v1::OUTCOME_FAILED;
}

v1::Outcome JudgeRest(int days_a_week) {
  if (days_a_week <= 0) return v1::OUTCOME_UNKNOWN;
  return days_a_week <= kMostDaysAWeek ? v1::OUTCOME_PASSED : v1::OUTCOME_FAILED;
}

v1::Quality Judge(const v1::Vacancy& vacancy, const Standards& standards) {
  return Judge(vacancy, BoundsOf(vacancy, standards));
}

v1::QualityVerdict Explain(const v1::Vacancy& vacancy, const Standards& standards, Locale locale) {
  const Bounds bounds = BoundsOf(vacancy, standards);
  const v1::Quality quality = Judge(vacancy, bounds);
  const Words words{locale};
  v1::QualityVerdict verdict;
  verdict.set_vacancy(vacancy.name());
  verdict.set_rule_set(quality.rule_set());
  verdict.set_verdict(quality.verdict());
  const auto add = [&](absl::string_view component, v1::Outcome outcome) -> v1::QualityComponent& {
    v1::QualityComponent& out = *verdict.add_components();
    out.set_component(std::string(component));
    out.set_outcome(outcome);
    return out;
  };
  ExplainWage(vacancy, bounds, words, add("wage", quality.wage()));
  ExplainContract(vacancy, words, add("contract", quality.contract()));
  ExplainHours(vacancy, bounds, words, add("hours", quality.hours()));
  ExplainRest(vacancy, words, add("rest", quality.rest()));
  return verdict;
}

}  // namespace puente::labor::rules
