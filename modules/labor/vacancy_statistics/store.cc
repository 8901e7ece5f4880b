#include "modules/labor/vacancy_statistics/store.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/time/civil_time.h"
#include "common/context/values.h"
#include "common/journal/projection.h"
#include "common/status/violation.h"
#include "modules/labor/errors.h"
#include "modules/labor/offer_terms/rules.h"
#include "modules/labor/offer_terms/store.h"
#include "modules/labor/vacancies/quality.h"
#include "modules/labor/vacancy_statistics/cuts.h"
#include "modules/labor/values.h"

namespace puente::labor::statistics {
namespace {

using Counts = std::map<int, int64_t>;

// Of some sources or months, the pairs of cut and source that are read at most: each is a range.
constexpr size_t kMostSourceCuts = 4000;

int64_t At(const Counts& counts, int measure) {
  const auto found = counts.find(measure);
  return found == counts.end() ? 0 : found->second;
}

// Days as the histograms have them.
int64_t ValueOf(absl::CivilDay day) { return day - absl::CivilDay(1970); }
absl::CivilDay DayOf(int64_t value) { return absl::CivilDay(1970) + value; }
journal::ValueRange ValuesOf(const Months& months) {
  return {ValueOf(absl::CivilDay(months.first)), ValueOf(absl::CivilDay(months.last + 1))};
}

// What was offered, of vacancies that are not closed.
struct Offers {
  int64_t vacancies = 0;
  int64_t posts = 0;

  void Add(const Offers& other) {
    vacancies += other.vacancies;
    posts += other.posts;
  }
};
using OffersByDay = std::map<absl::CivilDay, Offers>;
using OffersBySource = std::map<std::string, OffersByDay>;

Offers SumOf(const OffersBySource& offers) {
  Offers sum;
  for (const auto& [source, by_day] : offers) {
    for (const auto& [day, offered] : by_day) sum.Add(offered);
  }
  return sum;
}

bool AsksFor(const v1::GetVacancyStatisticsRequest& request, const std::string& source) {
  return request.sources().empty() || absl::c_linear_search(request.sources(), source);
}

// Those of the cuts that are of the sources and months asked for.
absl::StatusOr<OffersBySource> ReadOffers(sql::Session& session, const Ranges& cuts,
                                          const v1::GetVacancyStatisticsRequest& request) {
  ASSIGN_OR_RETURN(auto found,
                   journal::ReadHistograms(session, ValuesOf(MonthsOf(request)), SourceCuts(cuts)));
  OffersBySource offers;
  for (auto& [source, histograms] : found) {
    if (!AsksFor(request, source)) continue;
    for (const auto& [day, n] : histograms[kOfferDate]) offers[source][DayOf(day)] = {n, n};
    for (const auto& [day, more] : histograms[kMorePosts]) offers[source][DayOf(day)].posts += more;
  }
  return offers;
}

// The cuts that tell what the vacancies asked for are.
absl::StatusOr<Ranges> CutsToRead(sql::Session& session, Ranges cuts,
                                  const v1::GetVacancyStatisticsRequest& request) {
  const Months months = MonthsOf(request);
  if (request.sources().empty() && request.first_month().empty() && request.last_month().empty()) {
    return cuts;
  }
  ASSIGN_OR_RETURN(std::vector<std::string> source_cuts,
                   journal::ReadCutsWith(session, kOfferDate, ValuesOf(months), SourceCuts(cuts)));
  std::erase_if(source_cuts,
                [&](const std::string& cut) { return !AsksFor(request, SourceOf(cut)); });
  if (source_cuts.size() > kMostSourceCuts) {
    return InvalidFields(
        {Against(rule::kTooSpread, "count"_is(source_cuts.size()), "most"_is(kMostSourceCuts))
             .At("scian_prefixes")});
  }
  Ranges ranges;
  for (const std::string& cut : source_cuts) ranges.push_back(MonthCuts(cut, months));
  return ranges;
}

void SetOutcomes(const Counts& counts, int measure, v1::OutcomeCounts* out) {
  out->set_passed(At(counts, measure + v1::OUTCOME_PASSED));
  out->set_failed(At(counts, measure + v1::OUTCOME_FAILED));
  out->set_unknown(At(counts, measure + v1::OUTCOME_UNKNOWN));
}

void SetZones(const Counts& counts, v1::VacancyStatistics& out) {
  if (At(counts, kOnlyBorderZone) < out.vacancy_count()) {
    out.add_wage_zones(v1::WAGE_ZONE_GENERAL);
  }
  if (At(counts, kMaybeBorderZone) > 0) out.add_wage_zones(v1::WAGE_ZONE_BORDER);
}

// Once vacancy_count is set.
void SetCounts(const Counts& counts, v1::VacancyStatistics& out) {
  out.set_asking_english_count(At(counts, kAskingEnglish));
  out.set_hours_suspect_count(At(counts, kHoursSuspect));
  out.set_language_count(out.vacancy_count() - At(counts, kSilentOnLanguages));
  out.set_hours_count(out.vacancy_count() - At(counts, kSilentOnHours));
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

void SetSources(const OffersBySource& offers, v1::VacancyStatistics& out) {
  for (const auto& [source, by_day] : offers) out.add_sources(source);
}

void SetPeriod(const OffersBySource& offers, v1::VacancyStatistics& out) {
  std::set<absl::CivilDay> days;
  for (const auto& [source, by_day] : offers) {
    for (const auto& [day, offered] : by_day) days.insert(day);
  }
  if (days.empty()) return;
  *out.mutable_first_offer_date() = ToProto(*days.begin());
  *out.mutable_last_offer_date() = ToProto(*days.rbegin());
  absl::CivilMonth before = absl::CivilMonth::min();
  for (const absl::CivilDay day : days) {
    const absl::CivilMonth month(day);
    if (month == before) continue;
    before = month;
    *out.add_offer_months() = ToProto(absl::CivilDay(month));
    out.mutable_offer_months()->rbegin()->clear_day();
  }
}

Offers OpenOf(const OffersByDay& by_day, const v1::OfferTerm& term, absl::CivilDay today) {
  Offers open;
  for (const auto& [day, offered] : by_day) {
    if (rules::IsOpen(term, day, today)) open.Add(offered);
  }
  return open;
}

void SetOpen(const OffersBySource& offers, const std::map<std::string, v1::OfferTerm>& terms,
             absl::CivilDay today, v1::VacancyStatistics& out) {
  Offers open;
  for (const auto& [source, by_day] : offers) {
    const auto term = terms.find(source);
    if (term == terms.end()) {
      out.add_open_unknown_sources(source);
      continue;
    }
    *out.add_offer_terms() = term->second;
    open.Add(OpenOf(by_day, term->second, today));
  }
  if (out.open_unknown_sources_size() > 0) return;
  out.set_open_vacancy_count(open.vacancies);
  out.set_open_post_count(open.posts);
}

}  // namespace

absl::StatusOr<v1::VacancyStatistics> Read(sql::Session& session, type::v1::RecordKind kind,
                                           absl::CivilDay today,
                                           const v1::GetVacancyStatisticsRequest& request) {
  v1::VacancyStatistics out;
  ASSIGN_OR_RETURN(*out.mutable_freshness_token(), journal::HeadToken(session, "labor"));
  out.set_record_kind(kind);
  out.set_rule_set(rules::kQualityRuleSet);
  *out.mutable_open_date() = ToProto(today);
  const Ranges cuts = CutsOf(kind, request);
  ASSIGN_OR_RETURN(const OffersBySource offers, ReadOffers(session, cuts, request));
  if (request.scian_prefixes_size() > 0) {
    ASSIGN_OR_RETURN(const OffersBySource unclassified,
                     ReadOffers(session, UnclassifiedCuts(kind, request), request));
    out.set_unclassified_count(SumOf(unclassified).vacancies);
    // Where no vacancy states a class, "none of this sector" would be a guess.
    if (offers.empty() && !unclassified.empty()) {
      out.add_could_not_split("sector");
      SetSources(unclassified, out);
      return out;
    }
  }
  const Offers sum = SumOf(offers);
  out.set_vacancy_count(sum.vacancies);
  out.set_post_count(sum.posts);
  SetSources(offers, out);
  SetPeriod(offers, out);
  ASSIGN_OR_RETURN(const auto terms, store::OfferTermsOn(session, today));
  SetOpen(offers, terms, today, out);
  ASSIGN_OR_RETURN(const Ranges ranges, CutsToRead(session, cuts, request));
  ASSIGN_OR_RETURN(const Counts counts, journal::ReadCounts(session, ranges));
  SetCounts(counts, out);
  RETURN_IF_ERROR(SetWages(session, ranges, out));
  return out;
}

}  // namespace puente::labor::statistics
