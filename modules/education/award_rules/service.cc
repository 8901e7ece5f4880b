#include "modules/education/award_rules/service.h"

#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/education/award_rules/resource.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

// That no other counts from the same day on. Of two at once the table refuses one, which then runs
// again and finds the other.
absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::AwardRule*,
                     v1::AwardRule& after) {
  const std::string day = absl::FormatCivilTime(ToCivilDay(after.begin_date()));
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(tx, AwardRules(), "education.award_rule.from",
                                    "FORCE INDEX (by_begin) WHERE begin_date = ?", {day}));
  if (others.empty() || others.front().name() == after.name()) return absl::OkStatus();
  return Error(error::kAwardRuleBeginTaken, "day"_is(day), "other"_is(others.front().name()),
               "field"_is("award_rule.begin_date"));
}

}  // namespace

void ServeAwardRules(calls::Host& host) {
  resource::Serve(host, AwardRules(), {.prepare = &Prepare});
}

}  // namespace puente::education
