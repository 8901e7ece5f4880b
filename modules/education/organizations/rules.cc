#include "modules/education/organizations/rules.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "modules/education/errors.h"
#include "re2/re2.h"

namespace puente::education {
namespace {

using v1::OrganizationState;

// From which states a state may be entered.
std::vector<OrganizationState> Before(OrganizationState state) {
  switch (state) {
    case v1::ORGANIZATION_STATE_REGISTERED:
      return {v1::ORGANIZATION_STATE_APPLIED, v1::ORGANIZATION_STATE_SUSPENDED};
    case v1::ORGANIZATION_STATE_SUSPENDED:
      return {v1::ORGANIZATION_STATE_REGISTERED};
    case v1::ORGANIZATION_STATE_WITHDRAWN:
      return {v1::ORGANIZATION_STATE_APPLIED, v1::ORGANIZATION_STATE_REGISTERED,
              v1::ORGANIZATION_STATE_SUSPENDED};
    default:
      return {};
  }
}

absl::Status CheckState(const v1::Organization& organization,
                        const std::vector<OrganizationState>& wanted) {
  if (absl::c_linear_search(wanted, organization.state())) return absl::OkStatus();
  return Error(error::kOrganizationStateWrong,
               {{"name", organization.name()},
                {"state", v1::OrganizationState_Name(organization.state())},
                {"wanted", absl::StrJoin(wanted, " / ", [](std::string* out, auto state) {
                   absl::StrAppend(out, v1::OrganizationState_Name(state));
                 })}});
}

}  // namespace

std::vector<Violation> CheckIdentifiers(const v1::Organization& organization,
                                        const std::string& path) {
  static const auto* rfc = new RE2("[A-ZÑ&]{3}[0-9]{6}[A-Z0-9]{2}[0-9A]");
  std::vector<Violation> violations;
  std::set<int> schemes;
  for (int i = 0; i < organization.identifiers_size(); ++i) {
    const v1::OrganizationIdentifier& identifier = organization.identifiers(i);
    const std::string at = absl::StrCat(path, ".identifiers[", i, "]");
    if (!schemes.insert(identifier.scheme()).second) {
      violations.push_back({at + ".scheme", "SCHEME_TWICE", "Cada esquema aparece una vez.",
                            "Each scheme stands there once."});
    }
    if (identifier.scheme() == v1::IDENTIFIER_SCHEME_RFC &&
        !RE2::FullMatch(identifier.value(), *rfc)) {
      violations.push_back({at + ".value", "PATTERN",
                            "Debe ser el RFC de 12 caracteres de una persona moral.",
                            "Must be a legal person's RFC of 12 characters."});
    }
  }
  return violations;
}

OrganizationState FirstState(v1::OrganizationControl control) {
  return control == v1::ORGANIZATION_CONTROL_PUBLIC ? v1::ORGANIZATION_STATE_REGISTERED
                                                    : v1::ORGANIZATION_STATE_APPLIED;
}

absl::StatusOr<v1::Organization> Move(const v1::Organization& before, OrganizationState state,
                                      const std::string& reason) {
  if (absl::Status right = CheckState(before, Before(state)); !right.ok()) return right;
  v1::Organization after = before;
  after.set_state(state);
  after.set_state_reason(reason);
  return after;
}

absl::Status CheckRegistered(const v1::Organization& organization) {
  return CheckState(organization, {v1::ORGANIZATION_STATE_REGISTERED});
}

absl::Status CheckMayWrite(const v1::Organization& organization) {
  return CheckState(organization,
                    {v1::ORGANIZATION_STATE_APPLIED, v1::ORGANIZATION_STATE_REGISTERED});
}

}  // namespace puente::education
