#include "modules/education/organizations/rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/education/errors.h"
#include "re2/re2.h"

namespace puente::education {
namespace {

bool HasSameIdentifiers(const v1::Organization& one, const v1::Organization& other) {
  return std::equal(one.identifiers().begin(), one.identifiers().end(), other.identifiers().begin(),
                    other.identifiers().end(), [](const auto& a, const auto& b) {
                      return google::protobuf::util::MessageDifferencer::Equals(a, b);
                    });
}

}  // namespace

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

std::vector<Violation> CheckRegister(const v1::Organization& before, const v1::Organization& after,
                                     const std::string& path) {
  std::vector<Violation> violations;
  if (before.state() != v1::ORGANIZATION_STATE_REGISTERED) return violations;
  const auto keep = [&](bool is_kept, absl::string_view field) {
    if (is_kept) return;
    violations.push_back(Against(rule::kInRegister).At(absl::StrCat(path, ".", field)));
  };
  keep(before.legal_name() == after.legal_name(), "legal_name");
  keep(before.kind() == after.kind(), "kind");
  keep(HasSameIdentifiers(before, after), "identifiers");
  return violations;
}

v1::OrganizationState FirstState(v1::OrganizationControl control) {
  return control == v1::ORGANIZATION_CONTROL_PUBLIC ? v1::ORGANIZATION_STATE_REGISTERED
                                                    : v1::ORGANIZATION_STATE_APPLIED;
}

}  // namespace puente::education
