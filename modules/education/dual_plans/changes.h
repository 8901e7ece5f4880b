// Changes of plans that one side proposes and the other answers.
#pragma once

#include "common/calls/host.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "puente/education/v1/dual_plan.pb.h"

namespace puente::education {

absl::Status ProposeDualPlanChange(const Call& call, journal::Transaction& tx,
                                   const v1::DualPlan& before, v1::DualPlan& after);
absl::Status AcceptDualPlanChange(const Call& call, journal::Transaction& tx,
                                  personal::KeyStore& persons, const v1::DualPlan& before,
                                  v1::DualPlan& after);
absl::Status RefuseDualPlanChange(const Call& call, journal::Transaction& tx,
                                  const v1::DualPlan& before, v1::DualPlan& after);
absl::Status WithdrawDualPlanChange(const Call& call, journal::Transaction& tx,
                                    const v1::DualPlan& before, v1::DualPlan& after);

}  // namespace puente::education
