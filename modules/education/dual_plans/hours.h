#pragma once

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/education/v1/dual_plan.pb.h"

namespace puente::education {

absl::StatusOr<OwnerProof> GetDualPlanHours(const Call& call, sql::Session& session,
                                            const v1::GetDualPlanHoursRequest& request,
                                            v1::DualPlanHours& hours);

}  // namespace puente::education
