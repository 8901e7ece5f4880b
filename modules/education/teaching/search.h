// puente.education.v1.TeachingService.FindTeaching.
#pragma once

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/education/v1/teaching.pb.h"

namespace puente::education {

absl::StatusOr<v1::FindTeachingResponse> FindTeaching(const Call& call, sql::Session& session,
                                                      const v1::FindTeachingRequest& request);

}  // namespace puente::education
