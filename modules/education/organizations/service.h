// puente.education.v1.OrganizationService.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/calls/host.h"
#include "common/context/call.h"
#include "common/due/scheduler.h"
#include "common/journal/write.h"
#include "puente/education/v1/organization.pb.h"

namespace puente::education {

// An organization that writes its own records may do so only while it applies or is registered:
// ORGANIZATION_STATE_WRONG. `field` is where its name stood.
absl::Status CheckMayWrite(const Call& call, journal::Transaction& tx, const std::string& name,
                           absl::string_view field);

// That an organization, which something that it teaches names, is registered and stays so while
// this is written: only what is registered publishes. ORGANIZATION_STATE_WRONG.
absl::Status CheckRegistered(const Call& call, journal::Transaction& tx, const std::string& name,
                             absl::string_view field);

// The same, and how it is.
absl::StatusOr<v1::Organization> GuardRegistered(const Call& call, journal::Transaction& tx,
                                                 const std::string& name, absl::string_view field);

void ServeOrganizations(calls::Host& host, due::Scheduler& due);

}  // namespace puente::education
