// What came of a need, step by step, from the records of Economy and Education.
#pragma once

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/trace.pb.h"

namespace puente::council {

// Most proposals that are followed: with 20 agreements each, as many as a batch takes.
inline constexpr int kMostProposals = 50;

// That one need is named: a statement, or a skill. ONE_NEED_ONLY.
absl::Status CheckNeed(const gateway::v1::TraceDemandRequest& request);

// In two steps: what is asked for, then what came of it. The request is a TraceDemandRequest.
const compose::Plan& TracePlan();

// The request must name one need; `day` is that of the call.
gateway::v1::DemandTrace ComposeTrace(const compose::Results& results,
                                      const gateway::v1::TraceDemandRequest& request,
                                      absl::CivilDay day);

}  // namespace puente::council
