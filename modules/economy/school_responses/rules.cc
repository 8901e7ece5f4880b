#include "modules/economy/school_responses/rules.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/economy/errors.h"

namespace puente::economy {

std::vector<Violation> CheckSchoolResponse(const v1::SchoolResponse& response,
                                           const std::string& path) {
  std::vector<Violation> wrong;
  if (response.missing().empty() && response.can_do() != v1::CAN_DO_YES &&
      response.can_do() != v1::CAN_DO_UNSPECIFIED) {
    wrong.push_back(Against(puente::rule::kRequired)
                        .At(absl::StrCat(path, ".missing"))
                        .Reading({absl::StrCat(path, ".can_do")}));
  }
  if (response.can_do() == v1::CAN_DO_NO && response.seats() != 0) {
    wrong.push_back(Against(rule::kSeatsThoughItCannot)
                        .At(absl::StrCat(path, ".seats"))
                        .Reading({absl::StrCat(path, ".can_do")}));
  }
  if (response.has_feasibility() &&
      !absl::StartsWith(response.feasibility().campus(),
                        absl::StrCat(response.organization(), "/campuses/"))) {
    wrong.push_back(Against(rule::kCampusOfOtherSchool, "organization"_is(response.organization()))
                        .At(absl::StrCat(path, ".feasibility.campus"))
                        .Reading({absl::StrCat(path, ".organization")}));
  }
  return wrong;
}

std::vector<Violation> CheckAsOf(const v1::SchoolResponse& response, absl::Time now) {
  if (!response.has_feasibility() || FromProto(response.feasibility().as_of_time()) <= now) {
    return {};
  }
  return {Against(rule::kCheckToCome).At("school_response.feasibility.as_of_time")};
}

}  // namespace puente::economy
