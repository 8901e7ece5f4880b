#include "modules/education/assessments/rules.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"

namespace puente::education {

std::vector<Violation> CheckEvaluator(const v1::Assessment& assessment, const std::string& path) {
  return CheckIdOf(assessment.evaluator(), absl::StrCat(path, ".evaluator"));
}

std::vector<Violation> CheckNew(const v1::Assessment& assessment) {
  std::vector<Violation> violations = CheckIdOf(assessment.name(), "assessment_id");
  const std::string organization = OrganizationOf(assessment.name());
  if (OrganizationOf(assessment.enrolment()) != organization) {
    violations.push_back(Against(rule::kOfAnotherOrganization, "organization"_is(organization))
                             .At("assessment.enrolment"));
  }
  for (int i = 0; i < assessment.dual_plans_size(); ++i) {
    if (OrganizationOf(assessment.dual_plans(i)) == organization) continue;
    violations.push_back(Against(rule::kOfAnotherOrganization, "organization"_is(organization))
                             .At(absl::StrCat("assessment.dual_plans[", i, "]")));
  }
  return violations;
}

std::vector<Violation> CheckResultDate(const v1::Assessment& assessment, absl::CivilDay today,
                                       const std::string& path) {
  const absl::CivilDay assessed = ToCivilDay(assessment.assess_date());
  const absl::CivilDay said = ToCivilDay(assessment.result_date());
  if (said < assessed) {
    return {Against(rule::kBeforeAssessment, "day"_is(absl::FormatCivilTime(assessed))).At(path)};
  }
  if (said > today) {
    return {Against(rule::kAfterToday, "today"_is(absl::FormatCivilTime(today))).At(path)};
  }
  return {};
}

bool MayHaveResult(const v1::Assessment& assessment, absl::CivilDay today) {
  return ToCivilDay(assessment.assess_date()) <= today;
}

}  // namespace puente::education
