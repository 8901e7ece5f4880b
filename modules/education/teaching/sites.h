// The rows by which FindTeaching finds sites: written where what they say changes.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/due/scheduler.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/education/v1/campus.pb.h"
#include "puente/education/v1/facility.pb.h"
#include "puente/education/v1/organization.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::education::teaching {

// What a site has, as it is stored.
enum class SubjectKind { kProgram = 1, kMicrocredential = 2, kFacility = 3 };

// Has a program ("programs/{program}") be found by its newest published version of a kind. Its
// campuses stay as they are until this is stored. Nothing of who has withdrawn is found.
absl::Status FindProgram(journal::Transaction& tx, const std::string& program,
                         type::v1::RecordKind kind);
// The same of a microcredential, if it is an organization's.
absl::Status FindMicrocredential(journal::Transaction& tx, const std::string& microcredential,
                                 type::v1::RecordKind kind);
// Has a facility be found as it is now, while it is open.
absl::Status FindFacility(journal::Transaction& tx, const v1::Facility& facility);
absl::Status FindFacilityNamed(journal::Transaction& tx, const std::string& name);

// Before a campus or an organization is changed: what is found there moves along. Whoever has
// something be found there at once waits.
absl::Status MoveCampus(journal::Transaction& tx, const v1::Campus& before,
                        const v1::Campus& after);
absl::Status MoveOrganization(journal::Transaction& tx, const v1::Organization& before,
                              const v1::Organization& after);

// A program that is found at a campus; "" if there is none.
absl::StatusOr<std::string> FirstProgramAt(sql::Session& session, const std::string& campus);

// Has what was there before it could be found be found (migration 0153).
void HandleFinding(due::Scheduler& due);

}  // namespace puente::education::teaching
