// Which figures about vacancies are kept, and under which keys.
//
// A vacancy counts in four cuts: nation, its state, its SCIAN class, and both. A cut reads
// KIND|STATE|CLASS: KIND is R (real) or G (generated); STATE an INEGI code or "*" for all; CLASS a
// SCIAN class, "-" for vacancies that state none, or "*" for all. So the classes that begin with a
// prefix are one range. In each of its cuts it counts for its source, too:
// S|KIND|STATE|CLASS|SOURCE.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/journal/deltas.h"
#include "common/journal/projection.h"
#include "puente/labor/v1/statistics.pb.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor::statistics {

// Measures of counters, of open vacancies. Numbers are stored: never reuse one; 1 was used before.
inline constexpr int kOpen = 2;
inline constexpr int kPosts = 3;
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

// Measures of histograms.
inline constexpr int kMonthlyWage = 1;  // centavos
inline constexpr int kOfferDate = 2;    // days since 1970-01-01

// What a change of a vacancy means to the figures: a new one counts as recorded, an open one as
// open.
void CountVacancy(const v1::Vacancy* before, const v1::Vacancy* after, journal::Deltas& deltas);

// The cuts behind a question, without overlap: what several prefixes share is read once.
std::vector<journal::CutRange> CutsOf(type::v1::RecordKind kind,
                                      const v1::GetVacancyStatisticsRequest& request);
// The cuts of the unclassified vacancies of the states asked for.
std::vector<journal::CutRange> UnclassifiedCuts(type::v1::RecordKind kind,
                                                const v1::GetVacancyStatisticsRequest& request);
// The sources within cuts; SourceOf() is the source in such a cut.
std::vector<journal::CutRange> SourceCuts(const std::vector<journal::CutRange>& cuts);
std::string SourceOf(absl::string_view cut);

}  // namespace puente::labor::statistics
