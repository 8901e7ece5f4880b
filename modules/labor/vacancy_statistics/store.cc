#include "modules/labor/vacancy_statistics/store.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_split.h"
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

// Of some sources or months, the groups of cut, source and month that are read at most: each pair
// of cut and source counts with every month in which anything was offered.
constexpr size_t kMostGroups = 10'000;

int64_t At(const Counts& counts, int measure) {
  const auto found = counts.find(measure);
  return found == counts.end() ? 0 : found->second;
}

// Days as the histograms have them.
absl::CivilDay DayOf(int64_t value) { return absl::CivilDay(1970) + value; }

// How much was offered, of vacancies that are not closed.
struct Offers {
  int64_t vacancies = 0;
  int64_t posts = 0;

  void Add(const Offers& other) {
    vacancies += other.vacancies;
    posts += other.posts;
  }
};
using OffersByDay = std::map<absl::CivilDay, Offers>;

Offers OffersIn(const Counts& counts) {
  const int64_t vacancies = At(counts, kOffered);
  return {vacancies, vacancies + At(counts, kMorePosts)};
}

// What was offered of the vacancies that a question is about.
struct Offered {
  std::map<std::string, Offers> by_source;
  std::set<absl::CivilMonth> months;
  Counts counts;  // what they are
  Ranges ranges;  // of the cuts that hold nothing else

  Offers Sum() const {
    Offers sum;
    for (const auto& [source, offers] : by_source) sum.Add(offers);
    return sum;
  }
};

bool AsksForAll(const v1::GetVacancyStatisticsRequest& request) {
  return request.sources().empty() && request.first_month().empty() && request.last_month().empty();
}

bool AsksFor(const v1::GetVacancyStatisticsRequest& request, const std::string& source) {
  return request.sources().empty() || absl::c_linear_search(request.sources(), source);
}

// The months asked for in which any source offered something.
absl::StatusOr<std::set<absl::CivilMonth>> ReadMonths(
    sql::Session& session, const Ranges& cuts, const v1::GetVacancyStatisticsRequest& request) {
  const Months asked = MonthsOf(request);
  ASSIGN_OR_RETURN(
      const auto histogram,
      journal::ReadHistogram(session, kOfferMonth, {ValueOf(asked.first), ValueOf(asked.last) + 1},
                             PeriodCuts(cuts)));
  std::set<absl::CivilMonth> months;
  for (const auto& [month, n] : histogram) months.insert(MonthOf(month));
  return months;
}

// How much of it each source offered.
absl::Status ReadSources(sql::Session& session, const Ranges& cuts, Offered& offered) {
  ASSIGN_OR_RETURN(const auto by_source, journal::ReadCountsByEnd(session, 1, SourceCuts(cuts)));
  for (const auto& [source, counts] : by_source) {
    const Offers offers = OffersIn(counts);
    if (offers.vacancies > 0) offered.by_source[source] = offers;
  }
  return absl::OkStatus();
}

absl::StatusOr<Offered> ReadAll(sql::Session& session, const Ranges& cuts,
                                const v1::GetVacancyStatisticsRequest& request) {
  Offered offered;
  offered.ranges = cuts;
  ASSIGN_OR_RETURN(offered.months, ReadMonths(session, cuts, request));
  ASSIGN_OR_RETURN(offered.counts, journal::ReadCounts(session, cuts));
  RETURN_IF_ERROR(ReadSources(session, cuts, offered));
  return offered;
}

// Of some sources or months: the ranges of their months, one for each cut and source.
absl::StatusOr<Ranges> SomeRanges(sql::Session& session, const Ranges& cuts,
                                  const v1::GetVacancyStatisticsRequest& request, size_t most) {
  ASSIGN_OR_RETURN(const auto months, ReadMonths(session, cuts, request));
  ASSIGN_OR_RETURN(const auto source_cuts, journal::ReadCuts(session, kOffered, SourceCuts(cuts)));
  Ranges ranges;
  if (months.empty()) return ranges;
  for (const auto& [cut, n] : source_cuts) {
    if (!AsksFor(request, SourceOf(cut))) continue;
    ranges.push_back(MonthCuts(cut, {*months.begin(), *months.rbegin()}));
  }
  const size_t groups = ranges.size() * months.size();
  if (groups > most) {
    return InvalidFields(
        {Against(rule::kTooSpread, "count"_is(groups), "most"_is(most)).At("scian_prefixes")});
  }
  return ranges;
}

absl::StatusOr<Offered> ReadSome(sql::Session& session, const Ranges& cuts,
                                 const v1::GetVacancyStatisticsRequest& request, size_t most) {
  Offered offered;
  ASSIGN_OR_RETURN(offered.ranges, SomeRanges(session, cuts, request, most));
  ASSIGN_OR_RETURN(const auto groups, journal::ReadCountsByEnd(session, 2, offered.ranges));
  for (const auto& [group, counts] : groups) {  // SOURCE|MONTH
    const Offers offers = OffersIn(counts);
    if (offers.vacancies == 0) continue;
    const std::vector<std::string> parts = absl::StrSplit(group, '|');
    offered.by_source[parts[0]].Add(offers);
    absl::CivilMonth month;
    if (absl::ParseCivilTime(parts[1], &month)) offered.months.insert(month);
    for (const auto& [measure, n] : counts) offered.counts[measure] += n;
  }
  return offered;
}

absl::StatusOr<Offered> ReadOffered(sql::Session& session, const Ranges& cuts,
                                    const v1::GetVacancyStatisticsRequest& request) {
  return AsksForAll(request) ? ReadAll(session, cuts, request)
                             : ReadSome(session, cuts, request, kMostGroups);
}

// What a class is stated for that doesn't tell whether it is of the sector.
absl::StatusOr<Offered> ReadUnclassified(sql::Session& session, const Ranges& cuts,
                                         const v1::GetVacancyStatisticsRequest& request) {
  // Each prefix has that many classes that are coarser, and there is none at all.
  if (!AsksForAll(request)) return ReadSome(session, cuts, request, 5 * kMostGroups);
  Offered offered;
  RETURN_IF_ERROR(ReadSources(session, cuts, offered));
  return offered;
}

using Terms = std::map<std::string, v1::OfferTerm>;

// The months whose days are looked at: those of the first and the last offer, and those of which a
// term says more than that nothing is open, or all.
std::set<absl::CivilMonth> MonthsByDay(const Offered& offered, const Terms& terms,
                                       absl::CivilDay today) {
  std::set<absl::CivilMonth> months;
  if (offered.months.empty()) return months;
  months = {*offered.months.begin(), *offered.months.rbegin()};
  for (const absl::CivilMonth month : offered.months) {
    for (const auto& [source, offers] : offered.by_source) {
      const auto term = terms.find(source);
      if (term != terms.end() && rules::DependsOnDay(term->second, month, today)) {
        months.insert(month);
      }
    }
  }
  return months;
}

// What the sources asked for offered on each day of these months.
absl::StatusOr<std::map<std::string, OffersByDay>> ReadDays(
    sql::Session& session, const Ranges& cuts, const std::set<absl::CivilMonth>& months,
    const v1::GetVacancyStatisticsRequest& request) {
  Ranges ranges;
  for (const absl::CivilMonth month : months) {
    for (const journal::CutRange& range : DayCuts(cuts, month)) ranges.push_back(range);
  }
  ASSIGN_OR_RETURN(auto found, journal::ReadHistograms(session, ranges));
  std::map<std::string, OffersByDay> days;
  for (auto& [source, histograms] : found) {
    if (!AsksFor(request, source)) continue;
    OffersByDay& by_day = days[source];
    for (const auto& [day, n] : histograms[kOfferDate]) by_day[DayOf(day)] = {n, n};
    for (const auto& [day, more] : histograms[kMorePostsOfDate]) by_day[DayOf(day)].posts += more;
  }
  return days;
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

void SetSources(const Offered& offered, v1::VacancyStatistics& out) {
  for (const auto& [source, offers] : offered.by_source) out.add_sources(source);
}

void SetMonths(const Offered& offered, v1::VacancyStatistics& out) {
  for (const absl::CivilMonth month : offered.months) {
    google::type::Date& date = *out.add_offer_months();
    date = ToProto(absl::CivilDay(month));
    date.clear_day();
  }
}

void SetFirstAndLast(const std::map<std::string, OffersByDay>& days, v1::VacancyStatistics& out) {
  std::set<absl::CivilDay> all;
  for (const auto& [source, by_day] : days) {
    for (const auto& [day, offers] : by_day) all.insert(day);
  }
  if (all.empty()) return;
  *out.mutable_first_offer_date() = ToProto(*all.begin());
  *out.mutable_last_offer_date() = ToProto(*all.rbegin());
}

// What is open of what a source offered: all but what is not, or nothing but what is.
Offers OpenOf(const Offers& all, const OffersByDay& by_day, const v1::OfferTerm& term,
              absl::CivilDay today) {
  Offers open, ended;
  for (const auto& [day, offers] : by_day) {
    (rules::IsOpen(term, day, today) ? open : ended).Add(offers);
  }
  if (term.openness() != v1::OFFER_OPENNESS_UNTIL_CLOSED) return open;
  return {all.vacancies - ended.vacancies, all.posts - ended.posts};
}

void SetOpen(const Offered& offered, const std::map<std::string, OffersByDay>& days,
             const Terms& terms, absl::CivilDay today, v1::VacancyStatistics& out) {
  Offers open;
  for (const auto& [source, offers] : offered.by_source) {
    const auto term = terms.find(source);
    if (term == terms.end()) {
      out.add_open_unknown_sources(source);
      continue;
    }
    *out.add_offer_terms() = term->second;
    const auto by_day = days.find(source);
    open.Add(
        OpenOf(offers, by_day == days.end() ? OffersByDay() : by_day->second, term->second, today));
  }
  if (out.open_unknown_sources_size() > 0) return;
  out.set_open_vacancy_count(open.vacancies);
  out.set_open_post_count(open.posts);
}

// When they were offered, and what is open of them.
absl::Status SetDays(sql::Session& session, const Ranges& cuts, const Offered& offered,
                     absl::CivilDay today, const v1::GetVacancyStatisticsRequest& request,
                     v1::VacancyStatistics& out) {
  ASSIGN_OR_RETURN(const Terms terms, store::OfferTermsOn(session, today));
  ASSIGN_OR_RETURN(const auto days,
                   ReadDays(session, cuts, MonthsByDay(offered, terms, today), request));
  SetMonths(offered, out);
  SetFirstAndLast(days, out);
  SetOpen(offered, days, terms, today, out);
  return absl::OkStatus();
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
  ASSIGN_OR_RETURN(const Offered offered, ReadOffered(session, cuts, request));
  if (request.scian_prefixes_size() > 0) {
    ASSIGN_OR_RETURN(const Offered unclassified,
                     ReadUnclassified(session, UnclassifiedCuts(kind, request), request));
    out.set_unclassified_count(unclassified.Sum().vacancies);
    // Where no vacancy states a class that tells, "none of this sector" would be a guess.
    if (offered.by_source.empty() && !unclassified.by_source.empty()) {
      out.add_could_not_split("sector");
      SetSources(unclassified, out);
      return out;
    }
  }
  const Offers sum = offered.Sum();
  out.set_vacancy_count(sum.vacancies);
  out.set_post_count(sum.posts);
  SetSources(offered, out);
  RETURN_IF_ERROR(SetDays(session, cuts, offered, today, request, out));
  SetCounts(offered.counts, out);
  RETURN_IF_ERROR(SetWages(session, offered.ranges, out));
  return out;
}

}  // namespace puente::labor::statistics
