// puente.education.v1.AwardRuleService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeAwardRules(calls::Host& host);

}  // namespace puente::education
