// What views ask Labor, and what its figures are of.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/status/error.h"
#include "puente/economy/v1/sector_table.pb.h"
#include "puente/gateway/v1/council.pb.h"
#include "puente/labor/v1/statistics.pb.h"

namespace puente::vacancies {

// The SCIAN prefixes of a sector table that are in force on that day, each once, in order.
std::vector<std::string> PrefixesInForce(const economy::v1::SectorTable& table, absl::CivilDay day);

// The question for a state ("" is the whole country) and a sector (null is all) on a day.
// NO_SECTOR_PREFIXES if the sector has none in force: Labor takes no prefix for all classes.
absl::StatusOr<labor::v1::GetVacancyStatisticsRequest> Ask(const std::string& state_code,
                                                           const economy::v1::SectorTable* sector,
                                                           absl::CivilDay day);

// Posts open today, which stand beside need and teaching.
gateway::v1::GapFigure PostsOf(const labor::v1::VacancyStatistics& statistics);

// In words, what vacancies of these states (none is the whole country) and of a sector (null is
// all) are: of every occupation.
std::string About(const std::vector<std::string>& state_codes,
                  const economy::v1::SectorTable* sector, Locale locale);

}  // namespace puente::vacancies
