// Which skills the stages of a value chain need, and which of them nobody teaches.
#pragma once

#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/value_chain.pb.h"

namespace puente::council {

// The chain and its need from Economy; then, of Education, who teaches what is needed.
const compose::Plan& ValueChainPlan();

gateway::v1::ValueChainGaps ComposeValueChain(const compose::Results& results);

}  // namespace puente::council
