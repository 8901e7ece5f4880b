// puente.gateway.v1.SubmissionService/CarryOverSubmission.
#pragma once

#include "common/calls/host.h"
#include "gateway/compose/executor.h"
#include "gateway/compose/plan.h"

namespace puente::gateway {

// The request is the submission to be made, whose certification is the one that is carried over.
const compose::Plan& CarryOverPlan();

void ServeCarryOver(calls::Host& host, compose::Executor& executor);

}  // namespace puente::gateway
