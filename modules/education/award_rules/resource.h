#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/award_rule.pb.h"

namespace puente::education {

// awardRules/{award_rule}
const resource::Resource<v1::AwardRule>& AwardRules();

}  // namespace puente::education
