#include "modules/education/award_rules/resource.h"

namespace puente::education {

const resource::Resource<v1::AwardRule>& AwardRules() {
  static const resource::Resource<v1::AwardRule> rules({.table = "award_rule"});
  return rules;
}

}  // namespace puente::education
