#include "modules/education/teacher_rules/service.h"

#include "common/resource/dated.h"
#include "common/resource/serve.h"
#include "modules/education/errors.h"
#include "modules/education/teacher_rules/resource.h"

namespace puente::education {
namespace {

absl::Status Prepare(const Call&, journal::Transaction& tx, const v1::TeacherRule*,
                     v1::TeacherRule& after) {
  return resource::CheckBegin(tx, TeacherRules(), after, error::kTeacherRuleBeginTaken,
                              "teacher_rule.begin_date");
}

}  // namespace

void ServeTeacherRules(calls::Host& host) {
  resource::Serve(host, TeacherRules(), {.prepare = &Prepare});
}

absl::StatusOr<v1::TeacherRule> TeacherRuleOn(sql::Session& session, absl::CivilDay day) {
  ASSIGN_OR_RETURN(const auto rule, resource::RuleOn(session, TeacherRules(), day));
  if (rule) return *rule;
  return Error(error::kTeacherRuleMissing, "day"_is(absl::FormatCivilTime(day)));
}

}  // namespace puente::education
