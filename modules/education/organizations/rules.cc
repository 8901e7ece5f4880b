#include "modules/education/organizations/rules.h"

#include "absl/strings/str_cat.h"
#include "modules/education/errors.h"
#include "re2/re2.h"

namespace puente::education {

std::vector<Violation> CheckIdentifiers(const v1::Organization& organization,
                                        const std::string& path) {
  static const auto* rfc = new RE2("[A-ZÑ&]{3}[0-9]{6}[A-Z0-9]{2}[0-9A]");
  std::vector<Violation> violations;
  for (int i = 0; i < organization.identifiers_size(); ++i) {
    const v1::OrganizationIdentifier& identifier = organization.identifiers(i);
    if (identifier.scheme() == v1::IDENTIFIER_SCHEME_RFC &&
        !RE2::FullMatch(identifier.value(), *rfc)) {
      violations.push_back(
          Against(rule::kLegalEntityRfc).At(absl::StrCat(path, ".identifiers[", i, "].value")));
    }
  }
  return violations;
}

v1::OrganizationState FirstState(v1::OrganizationControl control) {
  return control == v1::ORGANIZATION_CONTROL_PUBLIC ? v1::ORGANIZATION_STATE_REGISTERED
                                                    : v1::ORGANIZATION_STATE_APPLIED;
}

}  // namespace puente::education
