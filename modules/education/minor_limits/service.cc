#include "modules/education/minor_limits/service.h"

#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/education/errors.h"
#include "modules/education/minor_limits/resource.h"
#include "modules/education/minor_limits/rules.h"

namespace puente::education {
namespace {

// That no other counts from the same day on for the same youngest age. Of two at once the table
// refuses one, which then runs again and finds the other.
absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::MinorLimit*,
                     v1::MinorLimit& after) {
  const std::string day = absl::FormatCivilTime(ToCivilDay(after.begin_date()));
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(tx, MinorLimits(), "education.minor_limit.from",
                                    "FORCE INDEX (by_begin) WHERE begin_date = ? AND from_age = ?",
                                    {day, after.from_age()}));
  if (others.empty() || others.front().name() == after.name()) return absl::OkStatus();
  return Error(error::kMinorLimitBeginTaken, "day"_is(day), "other"_is(others.front().name()),
               "field"_is("minor_limit.begin_date"));
}

}  // namespace

void ServeMinorLimits(calls::Host& host) {
  resource::Serve(host, MinorLimits(), {.check = &CheckAges, .prepare = &Prepare});
}

}  // namespace puente::education
