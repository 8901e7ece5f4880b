// What belongs to published microcredential versions besides the resources themselves.
#pragma once

#include "absl/time/civil_time.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education::store {

// Writes down what a version that is being published certifies.
absl::Status InsertSkills(journal::Transaction& tx, const v1::MicrocredentialVersion& version);

// The figures of what is published, with the seats of a day. Without state or sector: versions
// state neither.
absl::StatusOr<v1::SupplySummary> SumUp(sql::Session& session, absl::CivilDay day);

}  // namespace puente::education::store
