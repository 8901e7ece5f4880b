// The numbers behind the words of quality-job/1.
#pragma once

#include <string>

#include "cli/labels.h"
#include "puente/labor/v1/standards.pb.h"
#include "puente/labor/v1/statistics.pb.h"

namespace puente::cli {

// Lowest wages of a month that passed in the months of the offers counted, by zone of their
// workplaces: "general zone 7,495.89 MXN, border zone 11,288.24 MXN a month"; where a number
// changed meanwhile, its lowest and highest. "" if the standards know none.
std::string WageBounds(const labor::v1::Standards& standards,
                       const labor::v1::VacancyStatistics& counted, Language language);

// Longest weeks that passed in those months: "48 h a week".
std::string HoursBounds(const labor::v1::Standards& standards,
                        const labor::v1::VacancyStatistics& counted, Language language);

}  // namespace puente::cli
