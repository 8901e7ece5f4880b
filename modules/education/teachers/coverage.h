// puente.education.v1.TeacherService.GetTeacherCoverage.
#pragma once

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/education/v1/teacher.pb.h"

namespace puente::education {

absl::StatusOr<v1::GetTeacherCoverageResponse> GetTeacherCoverage(
    const Call& call, sql::Session& session, const v1::GetTeacherCoverageRequest& request);

}  // namespace puente::education
