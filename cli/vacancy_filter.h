// The list behind a figure: the same vacancies that the statistics count, as filters of
// ListVacancies.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/type/date.pb.h"
#include "puente/economy/v1/sector_table.pb.h"
#include "puente/labor/v1/quality.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::cli {

// The SCIAN prefixes that belong to a sector on a day, by number, without those that a shorter one
// covers: no vacancy fits two of them.
std::vector<std::string> PrefixesInForce(const economy::v1::SectorTable& table,
                                         const google::type::Date& day);

// One of the filters that ListVacancies declares, for vacancies that are not closed. Empty texts
// and an unspecified verdict are left out.
std::string VacancyFilter(type::v1::RecordKind kind, absl::string_view state_code,
                          labor::v1::Outcome verdict, absl::string_view scian_prefix);

// "passed", "failed", "unknown"; unspecified for "".
labor::v1::Outcome VerdictOf(absl::string_view word);

}  // namespace puente::cli
