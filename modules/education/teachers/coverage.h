// puente.education.v1.TeacherService.GetTeacherCoverage, and the same of many.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/education/v1/teacher.pb.h"
#include "puente/education/v1/teacher_rule.pb.h"

namespace puente::education {

absl::StatusOr<v1::GetTeacherCoverageResponse> GetTeacherCoverage(
    const Call& call, sql::Session& session, const v1::GetTeacherCoverageRequest& request);

// What GetTeacherCoverage tells the caller of each, in their order, by a rule on a day; without the
// rule, the day and a token.
absl::StatusOr<std::vector<v1::GetTeacherCoverageResponse>> CoverageOf(
    const Call& call, sql::Session& session, const v1::TeacherRule& rule, absl::CivilDay today,
    absl::Span<const v1::GetTeacherCoverageRequest> asked);

}  // namespace puente::education
