// The numbers behind the words of quality-job/1.
#pragma once

#include <string>

#include "cli/labels.h"
#include "google/type/date.pb.h"
#include "puente/labor/v1/standards.pb.h"

namespace puente::cli {

// Lowest wages of a month that passed in a period, by zone: "general zone 7,495.89 MXN,
// border zone 11,288.24 MXN a month"; where a number changed in the period, its lowest and highest.
// "" if the standards know none.
std::string WageBounds(const labor::v1::Standards& standards, const google::type::Date& first,
                       const google::type::Date& last, Language language);

// Longest weeks that passed in a period: "48 h a week".
std::string HoursBounds(const labor::v1::Standards& standards, const google::type::Date& first,
                        const google::type::Date& last, Language language);

}  // namespace puente::cli
