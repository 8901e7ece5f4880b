#include "modules/education/teacher_trainings/rules.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"

namespace puente::education {

std::vector<Violation> CheckTraining(const v1::TeacherTraining& training, const std::string& path) {
  std::vector<Violation> violations;
  const auto at = [&](absl::string_view field) { return absl::StrCat(path, ".", field); };
  const auto wrong = [&](Violation violation, absl::string_view field, absl::string_view reads) {
    violations.push_back(std::move(violation).At(at(field)).Reading({at(reads)}));
  };
  const bool is_stay = training.kind() == v1::TRAINING_KIND_STAY_IN_COMPANY;
  if (is_stay && training.company().empty()) {
    wrong(Against(puente::rule::kRequired), "company", "kind");
  }
  if (!is_stay && !training.company().empty()) {
    wrong(Against(rule::kOfStaysOnly), "company", "kind");
  }
  if (is_stay && !training.provider().empty()) {
    wrong(Against(rule::kOfCoursesOnly), "provider", "kind");
  }
  const auto first = ToDay(training.begin_date()), last = ToDay(training.end_date());
  if (!first || !last || *last < *first) return violations;  // which is told besides
  const int64_t most = 24 * (*last - *first + 1);
  if (most < training.hours()) {
    wrong(Against(rule::kMoreHoursThanDays, "most"_is(most)), "hours", "end_date");
  }
  return violations;
}

std::vector<Violation> CheckNew(const v1::TeacherTraining& training, absl::CivilDay today) {
  std::vector<Violation> violations;
  const std::string organization = OrganizationOf(training.name());
  if (OrganizationOf(training.teacher()) != organization) {
    violations.push_back(Against(rule::kOfAnotherOrganization, "organization"_is(organization))
                             .At("teacher_training.teacher"));
  }
  if (today < ToCivilDay(training.end_date())) {
    violations.push_back(Against(rule::kAfterToday, "today"_is(absl::FormatCivilTime(today)))
                             .At("teacher_training.end_date"));
  }
  return violations;
}

}  // namespace puente::education
