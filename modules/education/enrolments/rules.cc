#include "modules/education/enrolments/rules.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"

namespace puente::education {
namespace {

std::vector<Violation> NotAfter(const google::type::Date& day, absl::CivilDay today,
                                const std::string& path) {
  if (ToCivilDay(day) <= today) return {};
  return {Against(rule::kAfterToday, "today"_is(absl::FormatCivilTime(today))).At(path)};
}

}  // namespace

std::vector<Violation> CheckCampus(const v1::Enrolment& enrolment, const std::string& path) {
  if (enrolment.program().empty() || !enrolment.campus().empty()) return {};
  return {Against(rule::kCampusNeeded)
              .At(absl::StrCat(path, ".campus"))
              .Reading({absl::StrCat(path, ".program")})};
}

std::vector<Violation> CheckNew(const v1::Enrolment& enrolment, absl::CivilDay today) {
  std::vector<Violation> violations = CheckIdOf(enrolment.name(), "enrolment_id");
  const std::string organization = OrganizationOf(enrolment.name());
  const auto of_another = [&](const std::string& name) {
    return !name.empty() && OrganizationOf(name) != organization;
  };
  if (of_another(enrolment.learner())) {
    violations.push_back(Against(rule::kOfAnotherOrganization, "organization"_is(organization))
                             .At("enrolment.learner"));
  }
  if (of_another(enrolment.campus())) {
    violations.push_back(Against(rule::kOfAnotherOrganization, "organization"_is(organization))
                             .At("enrolment.campus"));
  }
  // Where a file has identifiers in the place of names, the refusal repeats none.
  for (Violation& wrong : CheckIdOf(enrolment.learner(), "enrolment.learner")) {
    violations.push_back(std::move(wrong));
  }
  for (Violation& wrong : CheckBegin(enrolment, today)) violations.push_back(std::move(wrong));
  return violations;
}

std::vector<Violation> CheckBegin(const v1::Enrolment& enrolment, absl::CivilDay today) {
  return NotAfter(enrolment.begin_date(), today, "enrolment.begin_date");
}

std::vector<Violation> CheckEnd(const v1::Enrolment& ended, absl::CivilDay today) {
  if (!ended.has_end_date()) return {Against(puente::rule::kRequired).At("end_date")};
  if (ToCivilDay(ended.end_date()) < ToCivilDay(ended.begin_date())) {
    return {Against(puente::rule::kNotBefore, "other"_is("begin_date")).At("end_date")};
  }
  return NotAfter(ended.end_date(), today, "end_date");
}

}  // namespace puente::education
