// puente.education.v1.OrganizationService and CampusService.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "common/calls/host.h"
#include "common/journal/write.h"

namespace puente::education {

// That the organization of a record that is written exists and, if it writes itself, may:
// ORGANIZATION_NOT_FOUND for the name in `field`, ORGANIZATION_STATE_WRONG.
absl::Status CheckOrganization(const Call& call, journal::Transaction& tx, const std::string& name,
                               absl::string_view field);

void ServeOrganizations(calls::Host& host);
void ServeCampuses(calls::Host& host);

}  // namespace puente::education
