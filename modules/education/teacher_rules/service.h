// puente.education.v1.TeacherRuleService.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/calls/host.h"
#include "common/sql/session.h"
#include "puente/education/v1/teacher_rule.pb.h"

namespace puente::education {

void ServeTeacherRules(calls::Host& host);

// The one that counts on a day, the last that has begun by then. TEACHER_RULE_MISSING.
absl::StatusOr<v1::TeacherRule> TeacherRuleOn(sql::Session& session, absl::CivilDay day);

}  // namespace puente::education
