// Microcredentials that consist of others, or ask for others before (docs/decisions/0048).
#pragma once

#include "absl/status/status.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education {

// Sets what a version adds up to: total_hours, and credits_e4 by its rule. STACK_TOO_LARGE.
absl::Status AddUp(sql::Session& session, v1::MicrocredentialVersion& version);

// That no published version that this one stacks on, or that those stack on, stacks on its
// microcredential: STACKING_CIRCLE. STACK_TOO_LARGE.
absl::Status CheckNoCircle(sql::Session& session, const v1::MicrocredentialVersion& version);

// The same for a version that is being published. Until this is stored nobody else publishes one
// that stacks, so of two that would close a circle one is refused.
absl::Status CheckNoCircleAlone(journal::Transaction& tx,
                                const v1::MicrocredentialVersion& version);

// Writes down what a published version stacks on.
absl::Status InsertEdges(journal::Transaction& tx, const v1::MicrocredentialVersion& version);

}  // namespace puente::education
