#include "modules/education/teacher_rules/service.h"

#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/education/errors.h"
#include "modules/education/teacher_rules/resource.h"

namespace puente::education {
namespace {

// That no other counts from the same day on. Of two at once the table refuses one, which then runs
// again and finds the other.
absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::TeacherRule*,
                     v1::TeacherRule& after) {
  const std::string day = absl::FormatCivilTime(ToCivilDay(after.begin_date()));
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(tx, TeacherRules(), "education.teacher_rule.from",
                                    "FORCE INDEX (by_begin) WHERE begin_date = ?", {day}));
  if (others.empty() || others.front().name() == after.name()) return absl::OkStatus();
  return Error(error::kTeacherRuleBeginTaken, "day"_is(day), "other"_is(others.front().name()),
               "field"_is("teacher_rule.begin_date"));
}

}  // namespace

void ServeTeacherRules(calls::Host& host) {
  resource::Serve(host, TeacherRules(), {.prepare = &Prepare});
}

absl::StatusOr<v1::TeacherRule> TeacherRuleOn(sql::Session& session, absl::CivilDay day) {
  const std::string text = absl::FormatCivilTime(day);
  ASSIGN_OR_RETURN(
      const auto rules,
      resource::Select(
          session, TeacherRules(), "education.teacher_rule.on",
          "FORCE INDEX (by_begin) WHERE begin_date <= ? ORDER BY begin_date DESC LIMIT 1", {text}));
  if (rules.empty()) return Error(error::kTeacherRuleMissing, "day"_is(text));
  return rules.front();
}

}  // namespace puente::education
