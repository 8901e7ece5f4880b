#include "modules/economy/school_responses/rules.h"

#include "absl/strings/str_cat.h"
#include "common/fields/rules.h"

namespace puente::economy {

std::vector<Violation> CheckSchoolResponse(const v1::SchoolResponse& response,
                                           const std::string& path) {
  if (!response.missing().empty() || response.can_do() == v1::CAN_DO_YES ||
      response.can_do() == v1::CAN_DO_UNSPECIFIED) {
    return {};
  }
  return {Against(puente::rule::kRequired)
              .At(absl::StrCat(path, ".missing"))
              .Reading({absl::StrCat(path, ".can_do")})};
}

}  // namespace puente::economy
