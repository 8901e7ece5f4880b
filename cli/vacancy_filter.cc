#include "cli/vacancy_filter.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace puente::cli {
namespace {

auto Order(const google::type::Date& date) {
  return std::make_tuple(date.year(), date.month(), date.day());
}

}  // namespace

std::vector<std::string> PrefixesInForce(const economy::v1::SectorTable& table,
                                         const google::type::Date& day) {
  std::vector<std::string> sorted;
  for (const economy::v1::ScianPrefix& prefix : table.scian_prefixes()) {
    if (Order(prefix.effective_date()) <= Order(day)) sorted.push_back(prefix.prefix());
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::string> kept;
  for (std::string& prefix : sorted) {
    // A covering prefix sorts right before all that it covers.
    if (kept.empty() || !absl::StartsWith(prefix, kept.back())) kept.push_back(std::move(prefix));
  }
  return kept;
}

std::string VacancyFilter(type::v1::RecordKind kind, absl::string_view state_code,
                          labor::v1::Outcome verdict, absl::string_view scian_prefix) {
  std::string filter = absl::StrCat("record_kind = ", type::v1::RecordKind_Name(kind),
                                    " AND state = VACANCY_STATE_OPEN");
  if (!state_code.empty()) absl::StrAppend(&filter, " AND state_code = \"", state_code, "\"");
  if (verdict != labor::v1::OUTCOME_UNSPECIFIED) {
    absl::StrAppend(&filter, " AND verdict = ", labor::v1::Outcome_Name(verdict));
  }
  if (!scian_prefix.empty()) {
    absl::StrAppend(&filter, " AND scian_class = \"", scian_prefix, "*\"");
  }
  return filter;
}

labor::v1::Outcome VerdictOf(absl::string_view word) {
  labor::v1::Outcome outcome = labor::v1::OUTCOME_UNSPECIFIED;
  labor::v1::Outcome_Parse(absl::StrCat("OUTCOME_", absl::AsciiStrToUpper(word)), &outcome);
  return outcome;
}

}  // namespace puente::cli
