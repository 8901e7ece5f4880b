// Where certifiers are missing: versions that nobody certifies, and who could.
#pragma once

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/certification.pb.h"

namespace puente::certification {

// Of a gateway.v1.ListUncertifiedVersionsRequest.
const compose::Plan& UncertifiedPlan();

// What the register of bodies says of the versions that Education has told.
absl::StatusOr<gateway::v1::ListUncertifiedVersionsResponse> ListUncertified(
    const Call& call, sql::Session& session, const compose::Results& results);

}  // namespace puente::certification
