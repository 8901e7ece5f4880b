#include "modules/labor/vacancy_statistics/store.h"

#include <set>

#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "common/journal/projection.h"
#include "modules/labor/vacancies/quality.h"
#include "modules/labor/vacancy_statistics/cuts.h"
#include "modules/labor/values.h"

namespace puente::labor::statistics {
namespace {

using Counts = std::map<int, int64_t>;
using Ranges = std::vector<journal::CutRange>;

int64_t At(const Counts& counts, int measure) {
  const auto found = counts.find(measure);
  return found == counts.end() ? 0 : found->second;
}

// Of a value of kOfferDate.
absl::CivilDay DayOf(int64_t value) { return absl::CivilDay(1970) + value; }

void SetOutcomes(const Counts& counts, int measure, v1::OutcomeCounts* out) {
  out->set_passed(At(counts, measure + v1::OUTCOME_PASSED));
  out->set_failed(At(counts, measure + v1::OUTCOME_FAILED));
  out->set_unknown(At(counts, measure + v1::OUTCOME_UNKNOWN));
}

void SetZones(const Counts& counts, v1::VacancyStatistics& out) {
  if (At(counts, kOnlyBorderZone) < At(counts, kOpen)) out.add_wage_zones(v1::WAGE_ZONE_GENERAL);
  if (At(counts, kMaybeBorderZone) > 0) out.add_wage_zones(v1::WAGE_ZONE_BORDER);
}

void SetCounts(const Counts& counts, v1::VacancyStatistics& out) {
  out.set_vacancy_count(At(counts, kOpen));
  out.set_post_count(At(counts, kPosts));
  out.set_asking_english_count(At(counts, kAskingEnglish));
  out.set_hours_suspect_count(At(counts, kHoursSuspect));
  out.set_language_count(At(counts, kOpen) - At(counts, kSilentOnLanguages));
  out.set_hours_count(At(counts, kOpen) - At(counts, kSilentOnHours));
  SetZones(counts, out);
  SetOutcomes(counts, kVerdict, out.mutable_quality()->mutable_verdict());
  SetOutcomes(counts, kWage, out.mutable_quality()->mutable_wage());
  SetOutcomes(counts, kContract, out.mutable_quality()->mutable_contract());
  SetOutcomes(counts, kHours, out.mutable_quality()->mutable_hours());
  SetOutcomes(counts, kRest, out.mutable_quality()->mutable_rest());
}

absl::Status SetWages(sql::Session& session, const Ranges& ranges, v1::VacancyStatistics& out) {
  ASSIGN_OR_RETURN(const auto wages, journal::ReadSpread(session, kMonthlyWage, ranges));
  if (wages) {
    out.set_wage_count(wages->count);
    // Twice the median in centavos: 200 to the peso, and 5,000,000 nanos each.
    google::type::Money& median = *out.mutable_median_monthly_wage();
    median.set_currency_code("MXN");
    median.set_units(wages->twice_median / 200);
    median.set_nanos(static_cast<int32_t>(wages->twice_median % 200 * 5'000'000));
  }
  return absl::OkStatus();
}

absl::Status SetPeriod(sql::Session& session, const Ranges& ranges, v1::VacancyStatistics& out) {
  ASSIGN_OR_RETURN(const auto days, journal::ReadValues(session, kOfferDate, ranges));
  if (days.empty()) return absl::OkStatus();
  *out.mutable_first_offer_date() = ToProto(DayOf(days.begin()->first));
  *out.mutable_last_offer_date() = ToProto(DayOf(days.rbegin()->first));
  absl::CivilMonth before = absl::CivilMonth::min();
  for (const auto& [day, n] : days) {
    const absl::CivilMonth month(DayOf(day));
    if (month == before) continue;
    before = month;
    *out.add_offer_months() = ToProto(absl::CivilDay(month));
    out.mutable_offer_months()->rbegin()->clear_day();
  }
  return absl::OkStatus();
}

absl::Status SetSources(sql::Session& session, const Ranges& ranges, v1::VacancyStatistics& out) {
  ASSIGN_OR_RETURN(const auto cuts, journal::ReadCuts(session, kOpen, SourceCuts(ranges)));
  std::set<std::string> sources;
  for (const auto& [cut, n] : cuts) sources.insert(SourceOf(cut));
  out.mutable_sources()->Add(sources.begin(), sources.end());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::VacancyStatistics> Read(sql::Session& session, type::v1::RecordKind kind,
                                           const v1::GetVacancyStatisticsRequest& request) {
  v1::VacancyStatistics out;
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), journal::HeadToken(session, "labor"));
  out.set_record_kind(kind);
  out.set_rule_set(rules::kQualityRuleSet);
  const Ranges ranges = CutsOf(kind, request);
  ASSIGN_OR_RETURN(const Counts counts, journal::ReadCounts(session, ranges));
  if (request.scian_prefixes_size() > 0) {
    const Ranges without_class = UnclassifiedCuts(kind, request);
    ASSIGN_OR_RETURN(const Counts unclassified, journal::ReadCounts(session, without_class));
    out.set_unclassified_count(At(unclassified, kOpen));
    // Where no vacancy states a class, "none of this sector" would be a guess.
    if (At(counts, kOpen) == 0 && out.unclassified_count() > 0) {
      out.add_could_not_split("sector");
      RETURN_IF_ERROR(SetSources(session, without_class, out));
      return out;
    }
  }
  SetCounts(counts, out);
  RETURN_IF_ERROR(SetWages(session, ranges, out));
  RETURN_IF_ERROR(SetPeriod(session, ranges, out));
  RETURN_IF_ERROR(SetSources(session, ranges, out));
  return out;
}

}  // namespace puente::labor::statistics
