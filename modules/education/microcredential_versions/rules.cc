#include "modules/education/microcredential_versions/rules.h"

#include "absl/strings/str_cat.h"
#include "modules/education/errors.h"

namespace puente::education {

std::vector<Violation> CheckSameOrganization(const v1::MicrocredentialVersion& earlier,
                                             const v1::MicrocredentialVersion& created,
                                             const std::string& path) {
  if (earlier.organization() == created.organization()) return {};
  return {Against(rule::kOrganizationOfAnotherVersion, "version"_is(earlier.name()),
                  "organization"_is(earlier.organization()))
              .At(absl::StrCat(path, ".organization"))};
}

}  // namespace puente::education
