// Which seats count, and figures about them.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/education/v1/program.pb.h"
#include "puente/education/v1/seat_statistics.pb.h"
#include "puente/type/v1/figure.pb.h"

namespace puente::education::seats {

// Has the newest published version of a kind count for a program ("programs/{program}"), in place
// of the one that did; none where its organization has withdrawn. It changes nothing where that one
// counts already. Publications of one organization come one after the other: its row is written
// first. CAMPUS_NOT_FOUND.
absl::Status CountProgram(journal::Transaction& tx, const std::string& program,
                          type::v1::RecordKind kind);

// A program with published versions that comes after this one by id; "" if there is none.
absl::StatusOr<std::string> NextProgram(sql::Session& session, const std::string& id);

// The seats of all programs in a school cycle; MARK_MISSING if none states any.
absl::StatusOr<type::v1::Figure> SeatsIn(sql::Session& session, type::v1::RecordKind kind,
                                         const std::string& cycle);

// A page of the list, of versions of a kind, in the snapshot of the session; without as_of_time.
// INVALID_PAGE_TOKEN.
absl::StatusOr<v1::ListSkillSeatsResponse> List(sql::Session& session, absl::CivilDay day,
                                                type::v1::RecordKind kind,
                                                const v1::ListSkillSeatsRequest& request);

}  // namespace puente::education::seats
