#include "modules/education/teacher_rules/resource.h"

namespace puente::education {

const resource::Resource<v1::TeacherRule>& TeacherRules() {
  static const resource::Resource<v1::TeacherRule> rules({.table = "teacher_rule"});
  return rules;
}

}  // namespace puente::education
