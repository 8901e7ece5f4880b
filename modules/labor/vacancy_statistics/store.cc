#include "modules/labor/vacancy_statistics/store.h"

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

void SetOutcomes(const Counts& counts, int measure, v1::OutcomeCounts* out) {
  out->set_passed(At(counts, measure + v1::OUTCOME_PASSED));
  out->set_failed(At(counts, measure + v1::OUTCOME_FAILED));
  out->set_unknown(At(counts, measure + v1::OUTCOME_UNKNOWN));
}

void SetCounts(const Counts& counts, v1::VacancyStatistics& out) {
  out.set_vacancy_count(At(counts, kOpen));
  out.set_post_count(At(counts, kPosts));
  out.set_asking_english_count(At(counts, kAskingEnglish));
  out.set_hours_suspect_count(At(counts, kHoursSuspect));
  SetOutcomes(counts, kVerdict, out.mutable_quality()->mutable_verdict());
  SetOutcomes(counts, kWage, out.mutable_quality()->mutable_wage());
  SetOutcomes(counts, kContract, out.mutable_quality()->mutable_contract());
  SetOutcomes(counts, kHours, out.mutable_quality()->mutable_hours());
  SetOutcomes(counts, kRest, out.mutable_quality()->mutable_rest());
}

absl::Status SetSpreads(sql::Session& session, const Ranges& ranges, v1::VacancyStatistics& out) {
  ASSIGN_OR_RETURN(const auto wages, journal::ReadSpread(session, kMonthlyWage, ranges));
  if (wages) {
    out.set_wage_count(wages->count);
    // Twice the median in centavos: 200 to the peso, and 5,000,000 nanos each.
    google::type::Money& median = *out.mutable_median_monthly_wage();
    median.set_currency_code("MXN");
    median.set_units(wages->twice_median / 200);
    median.set_nanos(static_cast<int32_t>(wages->twice_median % 200 * 5'000'000));
  }
  ASSIGN_OR_RETURN(const auto dates, journal::ReadSpread(session, kOfferDate, ranges));
  if (dates) {
    *out.mutable_first_offer_date() = ToProto(absl::CivilDay(1970) + dates->first);
    *out.mutable_last_offer_date() = ToProto(absl::CivilDay(1970) + dates->last);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int64_t> RecordedCount(sql::Session& session, type::v1::RecordKind kind) {
  ASSIGN_OR_RETURN(const Counts counts, journal::ReadCounts(session, {NationalCut(kind)}));
  return At(counts, kRecords);
}

absl::StatusOr<v1::VacancyStatistics> Read(sql::Session& session, type::v1::RecordKind kind,
                                           const v1::GetVacancyStatisticsRequest& request) {
  v1::VacancyStatistics out;
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), journal::HeadToken(session, "labor"));
  out.set_record_kind(kind);
  out.set_rule_set(rules::kQualityRuleSet);
  ASSIGN_OR_RETURN(const auto sources, journal::ReadCuts(session, SourceCuts(kind), kOpen));
  for (const auto& [cut, n] : sources) out.add_sources(SourceOf(cut));

  const Ranges ranges = CutsOf(kind, request);
  ASSIGN_OR_RETURN(const Counts counts, journal::ReadCounts(session, ranges));
  if (request.scian_prefixes_size() > 0) {
    ASSIGN_OR_RETURN(const Counts unclassified,
                     journal::ReadCounts(session, UnclassifiedCuts(kind, request)));
    out.set_unclassified_count(At(unclassified, kOpen));
    // Where no vacancy states a class, "none of this sector" would be a guess.
    if (At(counts, kOpen) == 0 && out.unclassified_count() > 0) {
      out.add_could_not_split("sector");
      return out;
    }
  }
  SetCounts(counts, out);
  RETURN_IF_ERROR(SetSpreads(session, ranges, out));
  return out;
}

}  // namespace puente::labor::statistics
