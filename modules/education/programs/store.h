// Versions of study programs, and credit rules, as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::education::store {

// creditRules/{credit_rule}
const resource::Spec& CreditRuleSpec();
// programs/{program}/versions/{version}
const resource::Spec& ProgramSpec();

}  // namespace puente::education::store
