// Which figures about vacancies are kept, and under which keys.
//
// A vacancy counts for the nation and for its state, for all SCIAN classes and for its own: in four
// cuts, KIND|STATE|CLASS. KIND is R (real) or G (generated); STATE an INEGI code or "*" for all;
// CLASS a SCIAN class, "-" for vacancies that state none, or "*" for all. So the classes that begin
// with a prefix are one range. Of each cut there are
//
//   KIND|STATE|CLASS                  what its vacancies are: counters, and a histogram of wages;
//   S|KIND|STATE|CLASS|SOURCE         how many a source offered, and how many posts;
//   P|KIND|STATE|PREFIX               in which months how many were offered: a histogram for each
//                                     prefix of a class, so that a sector is one cut;
//   M|KIND|STATE|CLASS|SOURCE|MONTH   what those of a source are that were offered in a month, and
//                                     how many, so that the months of a period are one range;
//   D|KIND|STATE|MONTH|CLASS|SOURCE   on which days of a month how many: histograms, so that the
//                                     days of one month are read without those of all others.
//   E|KIND|STATE|LEVEL|MONTH          how many were offered in a month that ask for a level of
//   schooling,
//                                     by the number of v1::EducationLevel, and what they are.
//
// Of those that state no class, or one coarser than asked, nothing is asked but how many they are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/journal/deltas.h"
#include "common/journal/projection.h"
#include "puente/labor/v1/statistics.pb.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor::statistics {

// Measures of counters, of vacancies not closed. Numbers are stored: never reuse one; 1 to 3 were
// used before.
inline constexpr int kAskingEnglish = 4;
inline constexpr int kHoursSuspect = 5;
// Exceptions are counted, not the rule, since each count is a row that a write changes. These are
// younger than the projection: migration 0018 counted what was open before.
inline constexpr int kSilentOnLanguages = 6;
inline constexpr int kSilentOnHours = 7;
inline constexpr int kMaybeBorderZone = 8;  // also where the zone was not recorded
inline constexpr int kOnlyBorderZone = 9;
// Each with a v1::Outcome added: passed, failed, unknown.
inline constexpr int kVerdict = 10;
inline constexpr int kWage = 20;
inline constexpr int kContract = 30;
inline constexpr int kHours = 40;
inline constexpr int kRest = 50;

// Of S, M and E alone; the posts are those beyond the first of each vacancy.
inline constexpr int kOffered = 60;
inline constexpr int kMorePosts = 61;
// Of E alone: those that state no class.
inline constexpr int kWithoutClass = 62;

// Measures of histograms. Days are since 1970-01-01, months since 1970-01.
inline constexpr int kMonthlyWage = 1;  // centavos
inline constexpr int kOfferDate = 2;
inline constexpr int kMorePostsOfDate = 3;  // those beyond the first of each vacancy
inline constexpr int kOfferMonth = 4;

// What a change of a vacancy means to the figures: one that is not closed counts as offered.
void CountVacancy(const v1::Vacancy* before, const v1::Vacancy* after, journal::Deltas& deltas);

using Ranges = std::vector<journal::CutRange>;

// The cuts behind a question, without overlap: what several prefixes share is read once. Sources
// and months are not looked at.
Ranges CutsOf(type::v1::RecordKind kind, const v1::GetVacancyStatisticsRequest& request);
// The cuts of the vacancies of the states asked for of which nobody can tell whether they fit the
// prefixes: those that state no class, and those whose class is only the beginning of a prefix.
Ranges UnclassifiedCuts(type::v1::RecordKind kind, const v1::GetVacancyStatisticsRequest& request);

// The sources within cuts: S|…, which end with the source.
Ranges SourceCuts(const Ranges& cuts);
// The months within cuts: P|…
Ranges PeriodCuts(const Ranges& cuts);
// The days of a month within cuts: D|…, which end with the source.
Ranges DayCuts(const Ranges& cuts, absl::CivilMonth month);
// What the cut of a source ends with.
std::string SourceOf(absl::string_view cut);

// Months, both included.
struct Months {
  absl::CivilMonth first;
  absl::CivilMonth last;
};
// Those that a question is about; a bound that it leaves open is as far as a month can be.
Months MonthsOf(const v1::GetVacancyStatisticsRequest& request);
// Of the vacancies in the cut of a source, those of some months: M|…, which end with source and
// month.
journal::CutRange MonthCuts(absl::string_view source_cut, const Months& months);

// The country, in place of a state.
inline constexpr absl::string_view kAnywhere = "*";
// Of the vacancies of a state, those of each level of schooling and month: E|…, which end with
// these.
journal::CutRange LevelsIn(type::v1::RecordKind kind, absl::string_view state);

// Months as the histograms have them.
int64_t ValueOf(absl::CivilMonth month);
absl::CivilMonth MonthOf(int64_t value);

}  // namespace puente::labor::statistics
