#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/credit_rule.pb.h"

namespace puente::education {

// creditRules/{credit_rule}
const resource::Resource<v1::CreditRule>& CreditRules();

}  // namespace puente::education
