// puente.education.v1.OrganizationService and CampusService.
#pragma once

#include "common/rpc/host.h"

namespace puente::education {

void ServeOrganizations(rpc::Host& host);
void ServeCampuses(rpc::Host& host);

}  // namespace puente::education
