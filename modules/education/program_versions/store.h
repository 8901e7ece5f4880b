// What belongs to published program versions besides the resources themselves.
#pragma once

#include <optional>

#include "absl/time/civil_time.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/education/v1/program.pb.h"

namespace puente::education::store {

// Writes down the seats of a version that is being published.
absl::Status InsertSeats(journal::Transaction& tx, const v1::ProgramVersion& version);

// Seats that the last published versions state for the school cycle of a day or, where they state
// none for it, for its calendar year; nothing if none does.
absl::StatusOr<std::optional<int64_t>> SeatsOn(sql::Session& session, type::v1::RecordKind kind,
                                               absl::CivilDay day);

}  // namespace puente::education::store
