// How many records there are of each resource: a projection of the journal, so that nobody counts
// rows.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "common/journal/deltas.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "puente/api/v1/server.pb.h"

namespace puente::resource {

// Counts a resource that came, went (null before, or after) or is of another kind now.
void CountRecord(const Spec& spec, const Message* before, const Message* after,
                 journal::Deltas& deltas);

// Of those that can be created, in the order of `specs`; what was written a moment ago included.
absl::StatusOr<std::vector<api::v1::RecordCount>> ReadRecordCounts(
    sql::Session& session, const std::vector<const Spec*>& specs);

}  // namespace puente::resource
