// The registration of an organization: APPLIED, REGISTERED, SUSPENDED, WITHDRAWN.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "puente/education/v1/organization.pb.h"

namespace puente::education {

// SCHEME_TWICE, and PATTERN for an RFC that is none of a legal person.
std::vector<Violation> CheckIdentifiers(const v1::Organization& organization,
                                        const std::string& path);

// The state in which a new organization begins: a private one applies.
v1::OrganizationState FirstState(v1::OrganizationControl control);

// The organization in another state. ORGANIZATION_STATE_WRONG if that does not follow on its own:
// REGISTERED follows APPLIED and SUSPENDED, SUSPENDED follows REGISTERED, WITHDRAWN all but itself.
absl::StatusOr<v1::Organization> Move(const v1::Organization& before, v1::OrganizationState state,
                                      const std::string& reason);

// ORGANIZATION_STATE_WRONG unless it is registered.
absl::Status CheckRegistered(const v1::Organization& organization);

// ORGANIZATION_STATE_WRONG if it is suspended or withdrawn, and so writes nothing itself.
absl::Status CheckMayWrite(const v1::Organization& organization);

}  // namespace puente::education
