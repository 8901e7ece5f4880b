#include "modules/education/credit_rules/resource.h"

namespace puente::education {

const resource::Resource<v1::CreditRule>& CreditRules() {
  static const resource::Resource<v1::CreditRule> rules({.table = "credit_rule"});
  return rules;
}

}  // namespace puente::education
