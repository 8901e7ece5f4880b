// The registration of an organization: APPLIED, REGISTERED, SUSPENDED, WITHDRAWN.
#pragma once

#include <string>
#include <vector>

#include "common/status/violation.h"
#include "puente/education/v1/organization.pb.h"

namespace puente::education {

// PATTERN for an RFC that is none of a legal person.
std::vector<Violation> CheckIdentifiers(const v1::Organization& organization,
                                        const std::string& path);

// Of one that changes itself: what a registration is of, its name, kind and identifiers, is the
// register's once it is registered. IN_REGISTER for each that differs.
std::vector<Violation> CheckRegister(const v1::Organization& before, const v1::Organization& after,
                                     const std::string& path);

// The state in which a new organization begins: a private one applies.
v1::OrganizationState FirstState(v1::OrganizationControl control);

// States in which an organization may write its own records.
inline const std::vector<int> kMayWrite = {v1::ORGANIZATION_STATE_APPLIED,
                                           v1::ORGANIZATION_STATE_REGISTERED};

}  // namespace puente::education
