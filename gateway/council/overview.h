// What companies need, what is taught, what jobs are offered and what is coming, side by side.
#pragma once

#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/council.pb.h"

namespace puente::council {

// The request is a GetOverviewRequest.
const compose::Plan& OverviewPlan();

gateway::v1::Overview ComposeOverview(const compose::Results& results);

}  // namespace puente::council
