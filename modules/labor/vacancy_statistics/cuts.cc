#include "modules/labor/vacancy_statistics/cuts.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/civil_time.h"
#include "common/context/values.h"

namespace puente::labor::statistics {
namespace {

constexpr int kMinutesADay = 1440;
constexpr size_t kShortestPrefix = 2;  // as the contract bounds it
constexpr absl::string_view kAll = "*";
constexpr absl::string_view kUnclassified = "-";
constexpr absl::string_view kOfSource = "S|";
constexpr absl::string_view kOfPeriod = "P|";
constexpr absl::string_view kOfMonth = "M|";
constexpr absl::string_view kOfDays = "D|";
constexpr absl::string_view kOfLevel = "E|";
// As the contract bounds them.
constexpr absl::CivilMonth kFirstMonth(1900, 1);
constexpr absl::CivilMonth kLastMonth(2200, 12);

absl::string_view KindKey(type::v1::RecordKind kind) {
  return kind == type::v1::RECORD_KIND_REAL ? "R" : "G";
}

std::string Cut(type::v1::RecordKind kind, absl::string_view state, absl::string_view scian) {
  return absl::StrCat(KindKey(kind), "|", state, "|", scian);
}

// What the cuts of the levels of schooling in a state begin with.
std::string LevelCut(type::v1::RecordKind kind, absl::string_view state) {
  return absl::StrCat(kOfLevel, KindKey(kind), "|", state, "|");
}

// The four of a vacancy, the last two of its class.
std::vector<std::string> CutsOf(const v1::Vacancy& vacancy) {
  const std::string& state = vacancy.state_code();
  const absl::string_view scian =
      vacancy.scian_class().empty() ? kUnclassified : absl::string_view(vacancy.scian_class());
  const type::v1::RecordKind kind = vacancy.record_kind();
  return {Cut(kind, kAll, kAll), Cut(kind, state, kAll), Cut(kind, kAll, scian),
          Cut(kind, state, scian)};
}

// Those of all classes, and of each prefix of its class that may be asked for.
std::vector<std::string> PrefixCutsOf(const v1::Vacancy& vacancy) {
  std::vector<absl::string_view> prefixes = {kAll};
  const absl::string_view scian = vacancy.scian_class();
  if (scian.empty()) prefixes.push_back(kUnclassified);
  for (size_t size = kShortestPrefix; size <= scian.size(); ++size) {
    prefixes.push_back(scian.substr(0, size));
  }
  std::vector<std::string> cuts;
  for (const absl::string_view prefix : prefixes) {
    cuts.push_back(Cut(vacancy.record_kind(), kAll, prefix));
    cuts.push_back(Cut(vacancy.record_kind(), vacancy.state_code(), prefix));
  }
  return cuts;
}

// What the cuts of the sources within a cut begin with.
std::string SourceCut(absl::string_view cut) { return absl::StrCat(kOfSource, cut); }

// The cut of the months of a prefix, of which KIND|STATE|PREFIX is given.
std::string PeriodCut(absl::string_view cut) { return absl::StrCat(kOfPeriod, cut); }

// As cuts have it, "2020-08".
std::string MonthText(absl::CivilMonth month) {
  return absl::StrCat(month.year(), "-", absl::Dec(month.month(), absl::kZeroPad2));
}

// The cut of a month within that of a source.
std::string MonthCut(absl::string_view source_cut, absl::string_view month) {
  return absl::StrCat(kOfMonth, absl::StripPrefix(source_cut, kOfSource), "|", month);
}

// What the cuts of the days of a month begin with: KIND|STATE|CLASS with the month before CLASS.
std::string DayCut(absl::string_view cut, absl::string_view month) {
  const size_t before_class = cut.rfind('|') + 1;
  return absl::StrCat(kOfDays, cut.substr(0, before_class), month, "|", cut.substr(before_class));
}

// The ranges of the cuts that `cut_of` makes of each: one of all cuts goes on with what follows it.
template <class CutOf>
Ranges Within(const Ranges& cuts, const CutOf& cut_of) {
  Ranges within;
  for (const journal::CutRange& cut : cuts) {
    within.push_back(cut.end.empty()
                         ? journal::CutRange::Prefix(absl::StrCat(cut_of(cut.first), "|"))
                         : journal::CutRange{cut_of(cut.first), cut_of(cut.end)});
  }
  return within;
}

bool IsSilentOnLanguages(const v1::Vacancy& vacancy) {
  return vacancy.languages().empty() && !vacancy.languages_not_required();
}

bool LiesOnlyIn(const v1::Vacancy& vacancy, v1::WageZone zone) {
  const v1::Quality& quality = vacancy.quality();
  return quality.wage_zones_size() == 1 && quality.wage_zones(0) == zone;
}

bool AsksEnglish(const v1::Vacancy& vacancy) {
  return std::any_of(vacancy.languages().begin(), vacancy.languages().end(),
                     [](const auto& language) { return language.language_code() == "en"; });
}

// States without repetition; "*" alone for the whole country.
std::vector<std::string> States(const v1::GetVacancyStatisticsRequest& request) {
  const std::set<std::string> states(request.state_codes().begin(), request.state_codes().end());
  if (states.empty()) return {std::string(kAll)};
  return {states.begin(), states.end()};
}

// Prefixes without those that a shorter one covers.
std::vector<std::string> Prefixes(const v1::GetVacancyStatisticsRequest& request) {
  const std::set<std::string> ordered(request.scian_prefixes().begin(),
                                      request.scian_prefixes().end());
  std::vector<std::string> prefixes;
  for (const std::string& prefix : ordered) {
    if (prefixes.empty() || !absl::StartsWith(prefix, prefixes.back())) prefixes.push_back(prefix);
  }
  return prefixes;
}

// Adds what a vacancy is to a cut, or takes it out (n = -1).
void CountWhatItIs(const v1::Vacancy& vacancy, int n, journal::Deltas::Cut& cut) {
  const v1::Quality& quality = vacancy.quality();
  if (AsksEnglish(vacancy)) cut.Count(kAskingEnglish, n);
  if (IsSilentOnLanguages(vacancy)) cut.Count(kSilentOnLanguages, n);
  if (vacancy.minutes_a_day() == 0) cut.Count(kSilentOnHours, n);
  if (vacancy.minutes_a_day() == kMinutesADay) cut.Count(kHoursSuspect, n);
  if (!LiesOnlyIn(vacancy, v1::WAGE_ZONE_GENERAL)) cut.Count(kMaybeBorderZone, n);
  if (LiesOnlyIn(vacancy, v1::WAGE_ZONE_BORDER)) cut.Count(kOnlyBorderZone, n);
  cut.Count(kVerdict + quality.verdict(), n);
  cut.Count(kWage + quality.wage(), n);
  cut.Count(kContract + quality.contract(), n);
  cut.Count(kHours + quality.hours(), n);
  cut.Count(kRest + quality.rest(), n);
  if (vacancy.has_monthly_wage()) {
    cut.Value(kMonthlyWage, InCentavos(vacancy.monthly_wage()), n);
  }
}

void CountOffer(int n, int64_t more_posts, journal::Deltas::Cut& cut) {
  cut.Count(kOffered, n);
  cut.Count(kMorePosts, more_posts);
}

// Adds a vacancy to all its cuts, or takes it out.
void CountOffered(const v1::Vacancy& vacancy, int n, journal::Deltas& deltas) {
  const absl::CivilDay offered = ToCivilDay(vacancy.offer_date());
  const absl::CivilMonth offer_month(offered);
  const int64_t day = offered - absl::CivilDay(1970);
  const int64_t more_posts = int64_t{n} * (vacancy.post_count() - 1);
  const std::string month = MonthText(offer_month);
  for (const std::string& cut : CutsOf(vacancy)) {
    const std::string of_source = absl::StrCat(SourceCut(cut), "|", vacancy.source());
    CountOffer(n, more_posts, deltas.At(of_source));
    journal::Deltas::Cut& in_month = deltas.At(MonthCut(of_source, month));
    CountOffer(n, more_posts, in_month);
    if (absl::EndsWith(cut, kUnclassified)) continue;
    CountWhatItIs(vacancy, n, in_month);
    CountWhatItIs(vacancy, n, deltas.At(cut));
    journal::Deltas::Cut& days = deltas.At(absl::StrCat(DayCut(cut, month), "|", vacancy.source()));
    days.Value(kOfferDate, day, n);
    days.Value(kMorePostsOfDate, day, more_posts);
  }
  for (const std::string& cut : PrefixCutsOf(vacancy)) {
    deltas.Value(PeriodCut(cut), kOfferMonth, ValueOf(offer_month), n);
  }
  for (const absl::string_view state : {kAll, absl::string_view(vacancy.state_code())}) {
    journal::Deltas::Cut& of_level =
        deltas.At(absl::StrCat(LevelCut(vacancy.record_kind(), state),
                               static_cast<int>(vacancy.education_level()), "|", month));
    CountOffer(n, more_posts, of_level);
    of_level.Count(kVerdict + vacancy.quality().verdict(), n);
    if (vacancy.scian_class().empty()) of_level.Count(kWithoutClass, n);
  }
}

}  // namespace

void CountVacancy(const v1::Vacancy* before, const v1::Vacancy* after, journal::Deltas& deltas) {
  if (before != nullptr && before->state() == v1::VACANCY_STATE_OPEN) {
    CountOffered(*before, -1, deltas);
  }
  if (after != nullptr && after->state() == v1::VACANCY_STATE_OPEN) {
    CountOffered(*after, 1, deltas);
  }
}

Ranges CutsOf(type::v1::RecordKind kind, const v1::GetVacancyStatisticsRequest& request) {
  Ranges cuts;
  const std::vector<std::string> prefixes = Prefixes(request);
  for (const std::string& state : States(request)) {
    if (prefixes.empty()) cuts.push_back({Cut(kind, state, kAll), ""});
    for (const std::string& prefix : prefixes) {
      cuts.push_back(journal::CutRange::Prefix(Cut(kind, state, prefix)));
    }
  }
  return cuts;
}

Ranges UnclassifiedCuts(type::v1::RecordKind kind, const v1::GetVacancyStatisticsRequest& request) {
  std::set<std::string> classes = {std::string(kUnclassified)};
  for (const std::string& prefix : Prefixes(request)) {
    for (size_t size = kShortestPrefix; size < prefix.size(); ++size) {
      classes.insert(prefix.substr(0, size));
    }
  }
  Ranges cuts;
  for (const std::string& state : States(request)) {
    for (const std::string& scian : classes) cuts.push_back({Cut(kind, state, scian), ""});
  }
  return cuts;
}

Ranges SourceCuts(const Ranges& cuts) { return Within(cuts, &SourceCut); }

Ranges PeriodCuts(const Ranges& cuts) {
  Ranges periods;
  for (const journal::CutRange& cut : cuts) periods.push_back({PeriodCut(cut.first), ""});
  return periods;
}

Ranges DayCuts(const Ranges& cuts, absl::CivilMonth month) {
  return Within(cuts,
                [text = MonthText(month)](absl::string_view cut) { return DayCut(cut, text); });
}

std::string SourceOf(absl::string_view cut) { return std::string(cut.substr(cut.rfind('|') + 1)); }

Months MonthsOf(const v1::GetVacancyStatisticsRequest& request) {
  Months months{kFirstMonth, kLastMonth};
  // The contract has checked them; one that is empty leaves its bound.
  absl::ParseCivilTime(request.first_month(), &months.first);
  absl::ParseCivilTime(request.last_month(), &months.last);
  return months;
}

journal::CutRange MonthCuts(absl::string_view source_cut, const Months& months) {
  return {MonthCut(source_cut, MonthText(months.first)),
          MonthCut(source_cut, MonthText(months.last + 1))};
}

journal::CutRange LevelsIn(type::v1::RecordKind kind, absl::string_view state) {
  return journal::CutRange::Prefix(LevelCut(kind, state));
}

int64_t ValueOf(absl::CivilMonth month) { return month - absl::CivilMonth(1970); }
absl::CivilMonth MonthOf(int64_t value) { return absl::CivilMonth(1970) + value; }

}  // namespace puente::labor::statistics
